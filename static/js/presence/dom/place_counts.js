// The number of people at each place that the page lists, with up to three faces.
import { fillPile } from "./pile.js";
import { setData, setText, slot } from "./person_row.js";
import { TEMPLATES } from "./templates.js";
import { elementOf } from "../../site/markup.js";
import { heatLevel } from "../model/group_sizes.js";
import { isWithin } from "../model/places.js";
import { sentence } from "../model/sentences.js";
import { nameList } from "../model/text.js";

const FACES = 3;

// `at(place)` returns a number, or undefined if unknown: then the first paint stays.
export function fillPlaceCounts(root, people, at) {
  for (const element of root.querySelectorAll("[data-heads]")) {
    const n = at(element.dataset.heads);
    if (n !== undefined) fillOne(element, n, people);
  }
}

// The server writes only the number of an empty place.
function fillOne(element, n, people) {
  if (!element.querySelector(".pile")) {
    if (n === 0) return;
    element.replaceChildren(...elementOf(TEMPLATES.heads).children);
  }
  const here = people.filter(({ places }) => places.some((place) => isWithin(element.dataset.heads, place))).slice(0, FACES);
  fillPile(element.querySelector(".pile"), here);
  setData(element, { heat: heatLevel(n), digits: String(n).length });
  element.toggleAttribute("data-empty", n === 0);
  setText(slot(element, "heads"), n);
  setText(element.querySelector(".tip"), nameList(here, n));
  setText(slot(element, "heads").nextElementSibling, ` ${sentence("people_here", { n })}`);
}
