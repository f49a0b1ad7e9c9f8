// Since when each person is on each lesson, as far as this page has seen it. Pure.
//
// The server tells since when somebody is here, not since when they are on a lesson. So a stay begins when the page first
// sees it; it `isWhole` when the page was looking before, and otherwise it may have begun any time earlier. A section not
// looked at for longer than GAP_MS has been out of sight: somebody may have gone and come back, so their stay starts anew.

import { rankOfSaying } from "../presence/model/peer_help.js";

export const GAP_MS = 90_000;
const OPENING_MS = 5_000;

export class Stays {
  #sections = new Map();
  #openedAt = null;

  knows(sections) {
    return sections.every((section) => this.#sections.has(section));
  }

  // The people of a section as they are at `now`, in Unix milliseconds.
  note(section, people, now) {
    const before = this.#sections.get(section);
    const isWatched = Boolean(before) && now - before.at <= GAP_MS;
    const stays = new Map();
    this.#openedAt ??= now;
    // The sections answer one after the other, which must not order the people in them.
    const begin = now - this.#openedAt < OPENING_MS ? this.#openedAt : now;
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

  // All stays in these sections.
  of(sections) {
    return sections.flatMap((section) => [...(this.#sections.get(section)?.stays.values() ?? [])]);
  }
}

// Those who ask for company where they do, in the order of classroom/course_map.py.
export function asking(stays) {
  const found = stays.filter(({ person, place }) => person.company?.place === place);
  return found.sort(({ person: a }, { person: b }) => rankOfSaying(a) - rankOfSaying(b) || a.since - b.since || (a.key < b.key ? -1 : 1));
}

// The longest stays of learners. Of those that were there when the page came, whoever has been on the site longest is first.
export function longest(stays, most = 5) {
  return stays.filter(({ person }) => person.role !== "instructor").sort(compare).slice(0, most);
}

// "on it for 12 min", "on it for at least 12 min"; nothing while there is nothing to tell.
export function stayOf({ from, isWhole }, now) {
  const minutes = Math.floor(Math.max(0, now - from) / 60_000);
  if (!minutes) return isWhole ? "just came to it" : "";
  const length = minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `on it for ${isWhole ? "" : "at least "}${length}`;
}

function compare(a, b) {
  return a.from - b.from || a.isWhole - b.isWhole || a.person.since - b.person.since || (a.key < b.key ? -1 : 1);
}
