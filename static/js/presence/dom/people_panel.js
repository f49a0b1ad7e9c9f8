// The people grouped by closeness: in the panel beside a lesson and in the list that the bubble opens.
import { keepFocus } from "../../site/keep_focus.js";
import { nodesOf } from "../../site/markup.js";
import { CLOSENESS } from "../model/closeness.js";
import { fillPerson, fillSince, makePerson, setHidden, setText, slot } from "./person_row.js";
import { reconcile } from "./reconcile.js";
import { TEMPLATES } from "./templates.js";
import { fadeOut } from "./fade_out.js";
import { fillStudyStatus } from "./study_status.js";
import { flip } from "./flip.js";
import { visibleRows } from "../model/group_sizes.js";
import { stableOrder } from "../model/stable_order.js";
import { sentence } from "../model/sentences.js";
import { siteSummary, unlistedText } from "../model/text.js";

// `view` comes from buildView() in model/view_model.js.
export function fillPanel(panel, view) {
  flip(panel, () => fill(panel, view));
}

function fill(panel, view) {
  setText(slot(panel, "summary"), siteSummary(view.total, view.others));
  setHidden(slot(panel, "alone"), view.others > 0);
  for (const block of panel.querySelectorAll("[data-asking]")) fillStudyStatus(block, view);
  const pool = new Map([...panel.querySelectorAll(".person[data-key]")].map((element) => [element.dataset.key, element]));
  const stays = new Set(view.people.map(({ key }) => key));
  if (panel.dataset.state === "live") removeGone(panel, view, pool, stays);
  const isRead = panel.matches(":hover, :focus-within, :popover-open *");
  const change = () => CLOSENESS.forEach((name) => fillGroup(groupOf(panel, name), name, { ...view, pool, stays, isRead }));
  keepFocus(panel, change, () => panel.querySelectorAll(".person :is(a[href], button:enabled)"));
  fillSince(panel, Date.now() / 1000);
}

// Expand or collapse a group.
export function toggleGroup(button) {
  const group = button.closest(".group");
  const open = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", open);
  group.toggleAttribute("data-open", open);
  fillMore(group, group.querySelectorAll(".person[data-key]").length);
}

function removeGone(panel, { me, total }, pool, stays) {
  const gone = [...pool].filter(([key]) => !stays.has(key) && key !== me.key && key !== me.former).map(([, row]) => row);
  fadeOut(panel, gone, total);
}

function groupOf(panel, closeness) {
  return panel.querySelector(`.group[data-closeness="${closeness}"]`);
}

function fillGroup(group, closeness, { me, groups, sizes, pool, stays, isRead }) {
  if (!group) return;
  const list = group.querySelector(".people");
  const keys = isRead ? [...list.children].map(({ dataset }) => dataset.key) : [];
  const people = stableOrder(groups.get(closeness) ?? [], keys);
  const { rows } = visibleRows(people.length, sizes.get(closeness), Number(group.dataset.rows));
  const make = (person) => pool.get(person.key) ?? slideIn(group);
  const fill = (element, person, index) => {
    fillPerson(element, person, me, closeness);
    element.toggleAttribute("data-beyond", index >= rows);
  };
  setHidden(group, sizes.get(closeness) === 0 && !list.querySelector("[data-left]"));
  setText(slot(group, "size"), sizes.get(closeness));
  setText(slot(group, "size").nextElementSibling, ` ${sentence("people", { n: sizes.get(closeness) })}`);
  reconcile(list, people, make, fill, (key) => stays.has(key));
  fillMore(group, people.length);
}

// A new row slides in, unless this is the first render or the group is not visible: the animation would run later.
function slideIn(group) {
  const element = makePerson();
  const isSeen = group.closest("[data-presence]").dataset.state === "live" && group.checkVisibility();
  element.toggleAttribute("data-new", isSeen);
  element.addEventListener("animationend", () => element.removeAttribute("data-new"), { once: true });
  return element;
}

// Read the size from the page: before the first state it is the server's.
function fillMore(group, listed) {
  const { more, rest } = visibleRows(listed, Number(slot(group, "size").textContent), Number(group.dataset.rows));
  if (!slot(group, "more")) {
    if (!more && !rest) return;
    group.append(nodesOf(TEMPLATES.rest));
  }
  const open = group.hasAttribute("data-open");
  const [button, line] = [slot(group, "more"), slot(group, "rest")];
  setHidden(button, !more);
  setText(button, open ? sentence("see_fewer") : sentence("more", { n: more }));
  setHidden(line, !rest || (more > 0 && !open));
  setText(line, unlistedText(rest, listed));
}
