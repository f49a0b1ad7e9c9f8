// The bubble in the header: the closest faces and the total.
import { nearestPlace } from "../model/closeness.js";
import { fillPile } from "./pile.js";
import { setText, slot } from "./person_row.js";
import { faceCount } from "../model/group_sizes.js";
import { titleOf } from "../net/place_titles.js";
import { sentence } from "../model/sentences.js";
import { faceLabel } from "../model/text.js";

const FACES = 4;
const NAMES = 6;

export function fillBubble(bubble, { me, people, total, isNeeded }) {
  const { shown, more } = faceCount(people.length, total, NAMES);
  fillPile(bubble.querySelector(".pile"), people.slice(0, FACES));
  setText(slot(bubble, "total"), total);
  setText(slot(bubble, "needed"), isNeeded ? sentence("needed") : "");
  const lines = people.slice(0, shown).map((person) => describe(me, person));
  setText(bubble.querySelector(".tip"), lines.concat(more ? sentence("and_more", { n: more }) : []).join("\n"));
}

function describe(me, person) {
  const place = nearestPlace(me, person) ?? "";
  const where = place === me.place && place.includes("/") ? sentence("on_this_lesson") : titleOf(place);
  return `${faceLabel(person)}, ${where}`;
}
