// The map as elements; classroom/course_map.py and templates/classroom/_map.html make the same on the first paint.
import { keepFocus } from "../site/keep_focus.js";
import { fillAvatar, fillSaying, reconcile, setData, setHidden, setText, slot } from "../presence/dom/person_row.js";
import { heatOf } from "../presence/model/group_sizes.js";
import { restOf, sinceOf } from "../presence/model/text.js";
import { spotOf } from "./lesson_people.js";
import { stayOf } from "./stay_times.js";

export function fillBlock(block, state) {
  setText(slot(block, "block-size"), state.total);
  setText(slot(block, "block-words"), state.total === 1 ? " person in this section" : " people in this section");
  setData(block.querySelector(".block-size"), { heat: heatOf(state.total) });
  for (const element of block.querySelectorAll("[data-spot]")) fillSpot(element, spotOf(element.dataset.spot, state));
}

// `name` says which of the lists of the page: "stays" or "asked".
export function fillStays(root, name, stays, now) {
  const fill = (element, stay) => {
    fillStay(element, stay, now);
    fillPlace(slot(element, "place"), root.querySelector(`[data-spot="${CSS.escape(stay.place)}"] .spot-title`));
  };
  const list = root.querySelector(`[data-${name}]`);
  const change = () => reconcile(list, stays, () => copyOf("stay-template"), fill);
  keepFocus(list, change, () => list.querySelectorAll("a[href]"));
}

export function clearMap(root) {
  for (const element of root.querySelectorAll(".seat, .stay")) element.remove();
}

function fillSpot(element, { size, seats, rest }) {
  setData(element, { heat: heatOf(size) });
  setText(slot(element, "spot-size"), size);
  setText(slot(element, "spot-words"), size === 1 ? " person on" : " people on");
  reconcile(slot(element, "seats"), seats, () => copyOf("seat-template"), fillSeat);
  setHidden(slot(element, "spot-rest"), rest <= 0);
  setText(slot(element, "spot-rest"), restOf(rest, seats.length));
}

function fillSeat(element, person) {
  setData(element, { key: person.key, status: person.status });
  fillWho(element, person);
  setText(slot(element, "status"), person.status);
}

function fillStay(element, stay, now) {
  setData(element, { key: stay.key });
  fillWho(element, stay.person);
  setText(slot(element, "stay"), stayOf(stay, now));
  const since = element.querySelector("[data-since]");
  setData(since, { since: stay.person.since });
  setText(since, sinceOf(stay.person.since, now / 1000));
}

// The lesson is on the map, with its title and address.
function fillPlace(link, lesson) {
  setText(link, lesson.textContent);
  if (link.href !== lesson.href) link.href = lesson.href;
}

function fillWho(element, person) {
  fillAvatar(element.querySelector(".avatar"), person);
  setText(slot(element, "name"), person.name);
  fillSaying(slot(element, "company"), person);
  const mark = person.role === "learner" ? "" : person.role;
  setText(slot(element, "mark"), mark);
  setData(slot(element, "mark"), { mark });
  setHidden(slot(element, "mark"), !mark);
}

function copyOf(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}
