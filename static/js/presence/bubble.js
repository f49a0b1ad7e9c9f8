// The bubble of the header: the nearest faces and how many people there are.
import { fillAvatar, makeAvatar, reconcile, setHidden, setText, slot } from "./faces.js";
import { pileOf } from "./numbers.js";
import { labelOf } from "./words.js";

const FACES = 5;

export function fillBubble(bubble, { people, total }) {
  const { shown, more } = pileOf(people.length, total, FACES);
  reconcile(slot(bubble, "pile"), people.slice(0, shown), makeAvatar, (element, person) => fillAvatar(element, person, labelOf(person)));
  setText(slot(bubble, "pile-more"), `+${more}`);
  setHidden(slot(bubble, "pile-more"), !more);
  setText(slot(bubble, "total"), total);
}
