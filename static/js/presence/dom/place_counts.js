// The map of the class: how many people are at each place that the page lists, with the faces that are known.
import { fillAvatar, makeAvatar, reconcile, setData, setText, slot } from "./person_row.js";
import { heatOf } from "../model/group_sizes.js";
import { labelOf, namesOf } from "../model/text.js";

const FACES = 3;

// `at(place)` gives a number, or undefined where nothing is known and the first paint stands.
export function fillHeads(root, people, at) {
  for (const element of root.querySelectorAll("[data-heads]")) {
    const n = at(element.dataset.heads);
    if (n !== undefined) fillOne(element, n, people);
  }
}

function fillOne(element, n, people) {
  const here = people.filter(({ places }) => places.includes(element.dataset.heads)).slice(0, FACES);
  reconcile(slot(element, "pile"), here, makeAvatar, (avatar, person) => fillAvatar(avatar, person, labelOf(person)));
  setData(element, { heat: heatOf(n) });
  element.toggleAttribute("data-empty", n === 0);
  setText(slot(element, "heads"), n);
  setText(slot(element, "names"), namesOf(here, n));
  setText(slot(element, "heads-words"), n === 1 ? " person here now" : " people here now");
}
