// People as elements; reconcile.js keeps each with its key. Names are user input and only ever set as text.
import { serverAhead } from "../model/server_time.js";
import { nearestPlace, thereSince } from "../model/closeness.js";
import { sentence } from "../model/sentences.js";
import { hasTitle, titleOf, urlOf } from "../net/place_titles.js";
import { countryName, flagEmoji, hue, initials, markFor, durationText } from "../model/text.js";
import { elementOf } from "../../site/markup.js";
import { TEMPLATES } from "./templates.js";
import { at } from "../../site/root.js";

export function makePerson() {
  return elementOf(TEMPLATES.person);
}

export function makeAvatar() {
  return elementOf(TEMPLATES.avatar);
}

export function fillPerson(element, person, me, closeness) {
  const mark = markFor(person, me);
  setData(element, { key: person.key, status: person.status });
  fillAvatar(element.querySelector(".avatar"), person);
  fillWave(waveButton(element), person, me);
  fillOffer(element, person);
  setText(slot(element, "name"), person.name);
  setText(element.querySelector("small"), person.status);
  fillMark(part(element, "mark", mark), mark);
  fillFlag(part(element, "flag", person.flag), person.flag ?? "");
  fillStatusText(part(element, "company", person.company), person);
  fillPlace(element, closeness === "same lesson" ? undefined : nearestPlace(me, person));
  setData(element.querySelector("[data-since]"), { since: closeness === "same lesson" ? thereSince(me, person) : person.since });
}

export function fillAvatar(element, person) {
  // In a row the key stands at the row.
  if ("key" in element.dataset) setData(element, { key: person.key });
  setData(element, { hue: hue(person.key), role: person.role, initials: initials(person.name) });
  fillImage(element, person.avatar);
}

// As templates/macros/flag.html: the emoji, and the country's name as title and for screen readers.
export function fillFlag(element, code) {
  if (!element || element.dataset.flag === code) return;
  const [drawing, name] = element.children;
  setData(element, { flag: code });
  setHidden(element, !code);
  setText(drawing, flagEmoji(code));
  setText(name, countryName(code));
  element.title = countryName(code);
}

export function fillStatusText(element, { company }) {
  if (!element) return;
  setHidden(element, !company);
  setText(element, company?.says ?? "");
  setData(element, { says: company?.says ?? "" });
}

// The durations under the names; updated every minute and after each change. `nowSeconds` is by this device's clock.
export function fillSince(root, nowSeconds) {
  const now = nowSeconds + serverAhead();
  for (const element of root.querySelectorAll("[data-since]")) setText(element, durationText(Number(element.dataset.since), now, element.dataset.sinceKind));
}

// Skip equal values: screen readers and mutation observers would see a change.
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

// A part beside the name. The server leaves out those that a person does not need; they come from the template, in its order.
function part(element, name, isNeeded) {
  if (!isNeeded || slot(element, name)) return slot(element, name);
  const parts = [...slot(makePerson(), "name").parentElement.children];
  const index = parts.findIndex(({ dataset }) => dataset.slot === name);
  const after = parts.slice(index + 1).map(({ dataset }) => slot(element, dataset.slot)).find(Boolean);
  (after ?? element.querySelector("[data-since]")).before(parts[index]);
  return parts[index];
}

function fillImage(element, avatar) {
  const image = element.querySelector("img");
  if (!avatar) return image?.remove();
  const shown = image ?? element.appendChild(makeAvatar().querySelector("img"));
  if (shown.getAttribute("src") === at(avatar)) return;
  delete element.dataset.broken;
  shown.src = at(avatar);
}

// The button around a face: the server leaves it out, because it needs a socket.
function waveButton(row) {
  const face = row.firstElementChild;
  if (face.matches("button")) return face;
  const button = makePerson().firstElementChild;
  button.replaceChildren(...face.childNodes);
  face.replaceWith(button);
  return button;
}

// A tap on the face waves at its owner; live/wave.js does it.
function fillWave(button, { key, name }, me) {
  const label = sentence("wave", { who: name });
  if (button.ariaLabel !== label) button.ariaLabel = label;
  if (button.disabled !== (key === me.key)) button.disabled = key === me.key;
}

// The button that offers help to a person with a status; live/pairing.js does it.
function fillOffer(element, { name, company }) {
  const offer = slot(element, "offer");
  if (company && !offer) element.querySelector("div").append(makePerson().querySelector("[data-offer]"));
  setText(slot(element, "offer"), ` ${name}`);
}

function fillMark(element, mark) {
  if (!element) return;
  setText(element, mark);
  setData(element, { mark });
  setHidden(element, !mark);
}

// On my lesson there is no need for a link. Until the titles are here, the server's stays: a slug has another width.
function fillPlace(row, place) {
  if (place !== undefined && !slot(row, "place")) row.querySelector("small").after(" ", slot(makePerson(), "place"));
  const element = slot(row, "place");
  if (element) setHidden(element, place === undefined);
  if (place === undefined) return;
  const isAnother = element.getAttribute("href") !== urlOf(place);
  if (isAnother) element.href = urlOf(place);
  if (isAnother || hasTitle(place)) setText(element, titleOf(place));
}
