// A pile of faces. Each place in it takes whichever face is due, so no face moves when the order changes: a face that moves
// is a layout shift, and the eye follows it.
import { fillAvatar, makeAvatar } from "./person_row.js";

export function fillPile(pile, people) {
  while (pile.children.length > people.length) pile.lastElementChild.remove();
  people.forEach((person, index) => fillAvatar(pile.children[index] ?? pile.appendChild(makeAvatar()), person));
}
