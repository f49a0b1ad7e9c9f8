// The title and URL of each place. Read once: the catalog changes only when the server restarts.

import { sentence } from "../model/sentences.js";
import { at } from "../../site/root.js";
import { noteDate } from "../model/server_time.js";

let reading = null;
let titles = new Map();

// Load the titles once. After a failure slugs stand in for titles, and the next call tries again.
export function loadTitles() {
  reading ??= read().catch(() => (reading = null));
  return reading;
}

export function titleOf(place) {
  return titles.get(place)?.title ?? (place.split("/").at(-1) || sentence("catalog"));
}

export function hasTitle(place) {
  return titles.has(place);
}

export function urlOf(place) {
  return titles.get(place)?.url ?? at(place ? `/courses/${place}` : "/");
}

async function read() {
  const answer = await fetch(at("/courses/places.json"));
  if (!answer.ok) throw new Error(`The titles of the places could not be read: ${answer.status}.`);
  noteDate(answer.headers.get("Date"));
  titles = new Map(Object.entries(await answer.json()));
}
