// What is said aloud of those who come to my lesson and leave it: one sentence at most every 10 s. Pure.
//
// The lesson is compared with what it was when something was last said, so that whoever came and vanished in between,
// and above all whoever went out of sight, is never named. Nobody who leaves is named at all.
import { plural } from "./text.js";

export const EVERY_MS = 10_000;
const NAMED = 2;

export class Announcer {
  #place = null;
  #told = null;
  #saidAt = -Infinity;
  #named = [];

  // `people` are the others on my lesson, `size` how many they are with those who have no name. Gives {sentence} to say
  // now, or {wait} in milliseconds when there is something to say later, or neither; `isStale`: what was last said names
  // somebody who is not here any more.
  look(place, people, size, now) {
    const names = new Map(people.map(({ key, name }) => [key, name]));
    if (place !== this.#place) [this.#place, this.#told, this.#named] = [place, null, []];
    this.#told ??= { names, size };
    const isStale = this.#named.some((key) => !names.has(key));
    const came = [...names.keys()].filter((key) => !this.#told.names.has(key));
    const left = Math.max(0, this.#told.size + came.length - size);
    if (!came.length && !left) return { isStale };
    const wait = this.#saidAt + EVERY_MS - now;
    if (wait > 0) return { isStale, wait };
    [this.#told, this.#saidAt, this.#named] = [{ names, size }, now, came];
    return { isStale, sentence: sentenceOf(came.map((key) => names.get(key)), left) };
  }
}

export function sentenceOf(came, left) {
  const shown = came.length > NAMED + 1 ? came.slice(0, NAMED) : came;
  const list = [...shown, ...(came.length > shown.length ? [`${came.length - shown.length} more`] : [])];
  const names = list.length > 1 ? `${list.slice(0, -1).join(", ")} and ${list.at(-1)}` : list[0];
  const arrived = came.length ? `${names} ${came.length > 1 ? "are" : "is"} on this lesson now.` : "";
  return `${arrived} ${left ? `${plural(left, "person has", "people have")} left it.` : ""}`.trim();
}
