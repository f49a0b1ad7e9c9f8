// How long each person has been on each lesson, as far as this page has seen. Pure.
//
// The server reports when a person came to the site, not to a lesson. A stay therefore starts when the page first sees it;
// `isWhole` means the page saw its start, else it may have started earlier. If a section was not polled for GAP_MS, its
// stays start again: people may have left and come back.

import { PAIRING, studyStatusRank } from "../presence/model/peer_help.js";

export const GAP_MS = 90_000;
const FIRST_ANSWERS_MS = 5_000;

export class Stays {
  #sections = new Map();
  #openedAt = null;

  knows(sections) {
    return sections.every((section) => this.#sections.has(section));
  }

  // Record the people of a section at `now`, in Unix milliseconds.
  note(section, people, now) {
    const before = this.#sections.get(section);
    const isWatched = Boolean(before) && now - before.at <= GAP_MS;
    const stays = new Map();
    this.#openedAt ??= now;
    // The first answers arrive one after another; their order must not rank the people.
    const begin = now - this.#openedAt < FIRST_ANSWERS_MS ? this.#openedAt : now;
    for (const person of people) {
      for (const place of person.places.filter((path) => path.startsWith(`${section}/`))) {
        const id = `${person.key} ${place}`;
        const known = isWatched ? before.stays.get(id) : undefined;
        stays.set(id, { key: id, place, person, from: known?.from ?? begin, isWhole: known?.isWhole ?? isWatched });
      }
    }
    this.#sections.set(section, { at: now, stays });
  }

  forget() {
    this.#sections.clear();
    this.#openedAt = null;
  }

  // All stays in the given sections.
  of(sections) {
    return sections.flatMap((section) => [...(this.#sections.get(section)?.stays.values() ?? [])]);
  }
}

// The stays of people with a study status on that lesson, in the order of classroom/course_map.py.
export function askingForHelp(stays) {
  const found = stays.filter(({ person, place }) => person.company?.place === place && person.company.says !== PAIRING);
  return found.sort(({ person: a }, { person: b }) => studyStatusRank(a) - studyStatusRank(b) || a.since - b.since || (a.key < b.key ? -1 : 1));
}

// The longest stays of learners. Among stays older than the page, the person longest on the site comes first.
export function longestPresent(stays, most = 5) {
  return stays.filter(({ person }) => person.role !== "instructor").sort(compare).slice(0, most);
}

// "on it for 12 min" or "on it for at least 12 min"; "" in the first minute of an older stay.
export function stayText({ from, isWhole }, now) {
  const minutes = Math.floor(Math.max(0, now - from) / 60_000);
  if (!minutes) return isWhole ? "just came to it" : "";
  const length = minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `on it for ${isWhole ? "" : "at least "}${length}`;
}

function compare(a, b) {
  return a.from - b.from || a.isWhole - b.isWhole || a.person.since - b.person.since || (a.key < b.key ? -1 : 1);
}
