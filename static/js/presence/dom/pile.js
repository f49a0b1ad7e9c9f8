// A pile of faces. Each place in it takes whichever face is due, so no face moves when the order changes: a face that moves
// is a layout shift, and the eye follows it.
import { fillAvatar, makeAvatar } from "./person_row.js";

export function fillPile(pile, people) {
  while (pile.children.length > people.length) pile.lastElementChild.remove();
  people.forEach((person, index) => fillAvatar(faceAt(pile, index, person.key), person));
}

// Someone else's face is a new element: initials of another width in the old one would be a shift too.
function faceAt(pile, index, key) {
  const face = pile.children[index];
  if (face?.dataset.key === key) return face;
  const fresh = makeAvatar();
  if (face) face.replaceWith(fresh);
  else pile.append(fresh);
  return fresh;
}
