// People as elements. An element belongs to a key for as long as the person is shown: it is moved and changed, never
// made anew, so that nobody flickers. Names come from strangers and are only ever text.
import { nearestPlace } from "../model/closeness.js";
import { titleOf, urlOf } from "../net/place_titles.js";
import { countryOf, flagOf, hueOf, initialsOf, markOf, sinceOf } from "../model/text.js";

// Put these items into the list, in this order, touching as few elements as can be. `make(item)` gives an element for an
// item that the list has not, `fill(element, item, index)` brings one up to date. Elements of nobody on the list are
// removed, but for those that `stays(key)`: another list is about to take them. What has no key is nobody's.
export function reconcile(list, items, make, fill, stays = () => false) {
  const wanted = new Set(items.map((item) => item.key));
  const present = new Map();
  for (const child of [...list.children]) {
    const { key } = child.dataset;
    if (wanted.has(key)) present.set(key, child);
    else if (key && !stays(key)) child.remove();
  }
  const next = (element) => {
    while (element && !wanted.has(element.dataset.key)) element = element.nextElementSibling;
    return element;
  };
  let cursor = next(list.firstElementChild);
  items.forEach((item, index) => {
    const element = present.get(item.key) ?? make(item);
    fill(element, item, index);
    // Whoever moves down is taken out of the way once, instead of moving everybody else up.
    if (cursor && element === next(cursor.nextElementSibling)) {
      list.append(cursor);
      cursor = element;
    }
    if (element === cursor) cursor = next(cursor.nextElementSibling);
    else list.insertBefore(element, cursor);
  });
}

export function makePerson() {
  return copyOf("person-template");
}

export function makeAvatar() {
  return copyOf("avatar-template");
}

export function fillPerson(element, person, me, closeness) {
  setData(element, { key: person.key, status: person.status, closeness });
  fillAvatar(element.querySelector(".avatar"), person);
  setText(slot(element, "name"), person.name);
  setText(slot(element, "status"), person.status);
  fillMark(slot(element, "mark"), markOf(person, me));
  fillFlag(slot(element, "flag"), person.flag ?? "");
  fillSaying(slot(element, "company"), person);
  fillPlace(slot(element, "place"), closeness === "same lesson" ? undefined : nearestPlace(me, person));
  setData(slot(element, "since"), { since: person.since });
}

export function fillAvatar(element, person, title = "") {
  setData(element, { key: person.key, hue: hueOf(person.key), role: person.role });
  if (element.title !== title) element.title = title;
  setText(slot(element, "initials"), initialsOf(person.name));
  fillImage(element, person.avatar);
}

// As templates/macros/flag.html: the drawing for the eye, the country's name as a title and for those who listen.
export function fillFlag(element, code) {
  if (!element || element.dataset.flag === code) return;
  const [drawing, name] = element.children;
  setData(element, { flag: code });
  setHidden(element, !code);
  setText(drawing, flagOf(code));
  setText(name, countryOf(code));
  element.title = countryOf(code);
}

export function fillSaying(element, { company }) {
  setHidden(element, !company);
  setText(element, company?.says ?? "");
  setData(element, { says: company?.says ?? "" });
}

// "since 10 min" under each name; written by the minute and after each change.
export function fillSince(root, nowSeconds) {
  for (const element of root.querySelectorAll("[data-since]")) setText(element, sinceOf(Number(element.dataset.since), nowSeconds));
}

// Writing the same again would still be a change, for screen readers and for whoever watches the page.
export function setText(element, text) {
  if (element && element.textContent !== String(text)) element.textContent = text;
}

export function setData(element, values) {
  for (const [name, value] of Object.entries(values)) {
    if (element.dataset[name] !== String(value)) element.dataset[name] = value;
  }
}

export function setHidden(element, hidden) {
  if (element.hidden !== hidden) element.hidden = hidden;
}

export function slot(element, name) {
  return element.querySelector(`[data-slot="${name}"]`);
}

function copyOf(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

function fillImage(element, avatar) {
  const image = slot(element, "image");
  if (!avatar) return image?.remove();
  const shown = image ?? element.appendChild(slot(makeAvatar(), "image"));
  if (shown.getAttribute("src") === avatar) return;
  delete element.dataset.broken;
  shown.src = avatar;
}

function fillMark(element, mark) {
  setText(element, mark);
  setData(element, { mark });
  setHidden(element, !mark);
}

function fillPlace(element, place) {
  setHidden(element, place === undefined);
  if (place === undefined) return;
  setText(element, titleOf(place));
  if (element.getAttribute("href") !== urlOf(place)) element.href = urlOf(place);
}
