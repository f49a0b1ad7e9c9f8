// Screen reader announcements about people who join or leave my lesson: at most one sentence per 10 s. Pure.
//
// Compares the lesson with the state at the last announcement, so people who came and went in between, or who became
// hidden, are never named. People who leave are only counted.
import { sentence } from "./sentences.js";

export const INTERVAL_MS = 10_000;
const NAMED = 2;

export class Announcer {
  #place = null;
  #announced = null;
  #announcedAt = -Infinity;
  #named = [];

  // `people` are the others listed on my lesson; `size` counts anonymous people too. Returns {sentence} to announce now,
  // or {wait} in milliseconds until the next announcement, or neither. `isStale`: the last sentence names someone who left.
  update(place, people, size, now) {
    const names = new Map(people.map(({ key, name }) => [key, name]));
    if (place !== this.#place) [this.#place, this.#announced, this.#named] = [place, null, []];
    this.#announced ??= { names, size };
    const isStale = this.#named.some((key) => !names.has(key));
    const came = [...names.keys()].filter((key) => !this.#announced.names.has(key));
    const left = Math.max(0, this.#announced.size + came.length - size);
    if (!came.length && !left) return { isStale };
    const wait = this.#announcedAt + INTERVAL_MS - now;
    if (wait > 0) return { isStale, wait };
    [this.#announced, this.#announcedAt, this.#named] = [{ names, size }, now, came];
    return { isStale, sentence: sentenceFor(came.map((key) => names.get(key)), left) };
  }
}

export function sentenceFor(came, left) {
  const shown = came.length > NAMED + 1 ? came.slice(0, NAMED) : came;
  const list = [...shown, ...(came.length > shown.length ? [`${came.length - shown.length} more`] : [])];
  const names = list.length > 1 ? `${list.slice(0, -1).join(", ")} and ${list.at(-1)}` : list[0];
  const sentences = [came.length && sentence("arrived", { names, n: came.length }), left && sentence("left", { n: left })];
  return sentences.filter(Boolean).join(" ");
}
