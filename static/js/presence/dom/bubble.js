// The bubble of the header: the nearest faces and how many people there are.
import { nearestPlace } from "../model/closeness.js";
import { fillAvatar, makeAvatar, reconcile, setHidden, setText, slot } from "./person_row.js";
import { pileOf } from "../model/group_sizes.js";
import { titleOf } from "../net/place_titles.js";
import { labelOf } from "../model/text.js";

const FACES = 5;

export function fillBubble(bubble, { me, people, total }) {
  const { shown, more } = pileOf(people.length, total, FACES);
  const faces = people.slice(0, shown);
  reconcile(slot(bubble, "pile"), faces, makeAvatar, (element, person) => fillAvatar(element, person, standingOf(me, person)));
  setText(slot(bubble, "pile-more"), `+${more}`);
  setHidden(slot(bubble, "pile-more"), !more);
  setText(slot(bubble, "total"), total);
  const lines = faces.map((person) => standingOf(me, person));
  setText(slot(bubble, "names"), lines.concat(more ? `and ${more} more` : []).join("\n"));
}

function standingOf(me, person) {
  const place = nearestPlace(me, person) ?? "";
  const where = place === me.place && place.includes("/") ? "on this lesson" : titleOf(place);
  return `${labelOf(person)}, ${where}`;
}
