// The bubble in the header: the closest faces and the total.
import { nearestPlace } from "../model/closeness.js";
import { fillAvatar, makeAvatar, reconcile, setHidden, setText, slot } from "./person_row.js";
import { faceCount } from "../model/group_sizes.js";
import { titleOf } from "../net/place_titles.js";
import { sentence } from "../model/sentences.js";
import { faceLabel } from "../model/text.js";

const FACES = 5;

export function fillBubble(bubble, { me, people, total }) {
  const { shown, more } = faceCount(people.length, total, FACES);
  const faces = people.slice(0, shown);
  reconcile(slot(bubble, "pile"), faces, makeAvatar, (element, person) => fillAvatar(element, person, describe(me, person)));
  setText(slot(bubble, "pile-more"), `+${more}`);
  setHidden(slot(bubble, "pile-more"), !more);
  setText(slot(bubble, "total"), total);
  const lines = faces.map((person) => describe(me, person));
  setText(slot(bubble, "names"), lines.concat(more ? sentence("and_more", { n: more }) : []).join("\n"));
}

function describe(me, person) {
  const place = nearestPlace(me, person) ?? "";
  const where = place === me.place && place.includes("/") ? sentence("on_this_lesson") : titleOf(place);
  return `${faceLabel(person)}, ${where}`;
}
