// The class map as elements; classroom/course_map.py and templates/classroom/_map.html render the first paint.
import { keepFocus } from "../site/keep_focus.js";
import { fillAvatar, fillStatusText, setData, setHidden, setText, slot } from "../presence/dom/person_row.js";
import { reconcile } from "../presence/dom/reconcile.js";
import { heatLevel } from "../presence/model/group_sizes.js";
import { sentence } from "../presence/model/sentences.js";
import { durationText, unlistedText } from "../presence/model/text.js";
import { lessonPeople } from "./lesson_people.js";
import { stayText } from "./stay_times.js";

export function fillSection(block, state) {
  setText(slot(block, "block-size"), state.total);
  setText(slot(block, "block-words"), ` ${sentence("in_section", { n: state.total })}`);
  setData(block.querySelector(".block-size"), { heat: heatLevel(state.total) });
  for (const element of block.querySelectorAll("[data-spot]")) fillLesson(element, lessonPeople(element.dataset.spot, state));
}

// `name` is the list to fill: "stays" or "asked".
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

function fillLesson(element, { size, shown, rest }) {
  setData(element, { heat: heatLevel(size) });
  setText(slot(element, "spot-size"), size);
  setText(slot(element, "spot-words"), ` ${sentence("on_lesson", { n: size })}`);
  reconcile(slot(element, "seats"), shown, () => copyOf("seat-template"), fillLearner);
  setHidden(slot(element, "spot-rest"), rest <= 0);
  setText(slot(element, "spot-rest"), unlistedText(rest, shown.length));
}

function fillLearner(element, person) {
  setData(element, { key: person.key, status: person.status });
  fillWho(element, person);
  setText(slot(element, "status"), person.status);
}

function fillStay(element, stay, now) {
  setData(element, { key: stay.key });
  fillWho(element, stay.person);
  setText(slot(element, "stay"), stayText(stay, now));
  const since = element.querySelector("[data-since]");
  setData(since, { since: stay.person.since });
  setText(since, durationText(stay.person.since, now / 1000, "here"));
}

// Copy title and address from the lesson's entry on the map.
function fillPlace(link, lesson) {
  setText(link, lesson.textContent);
  if (link.href !== lesson.href) link.href = lesson.href;
}

function fillWho(element, person) {
  fillAvatar(element.querySelector(".avatar"), person);
  setText(slot(element, "name"), person.name);
  fillStatusText(slot(element, "company"), person);
  const mark = person.role === "learner" ? "" : person.role;
  setText(slot(element, "mark"), mark);
  setData(slot(element, "mark"), { mark });
  setHidden(slot(element, "mark"), !mark);
}

function copyOf(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}
