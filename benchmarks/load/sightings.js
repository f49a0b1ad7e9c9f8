// From a change to each viewer who must see it: those in the same section as the place it leads to.
//
// A change is made by one person and tells a place. Servers send the newest state of a person, so a viewer that sees a place
// has seen all that the person did before; a change that was overtaken in another section is never seen and is dropped.

import { sectionOf } from "./places.js";
import { Latencies } from "./latency.js";

export class Sightings {
  constructor() {
    this.waiting = new Map();
    this.reset();
  }

  // Starts counting anew, for the next phase.
  reset() {
    this.waiting.clear();
    this.latencies = new Latencies();
    this.made = 0;
    this.seen = 0;
  }

  make(person, place) {
    this.made += 1;
    const change = { person, place, at: performance.now() };
    if (!this.waiting.has(person)) this.waiting.set(person, []);
    this.waiting.get(person).push(change);
  }

  // The changes that a message makes visible which shows `person` at `places`; they wait no more.
  resolve(person, places) {
    const changes = this.waiting.get(person) ?? [];
    const newest = changes.findLastIndex((change) => places.includes(change.place));
    if (newest < 0) return [];
    const section = sectionOf(changes[newest].place);
    const shown = changes.splice(0, newest + 1).filter((change) => sectionOf(change.place) === section);
    this.seen += shown.length;
    return shown;
  }

  // One viewer has received a message that shows `changes`.
  see(viewer, changes, now) {
    for (const change of changes) {
      if (mustSee(viewer, change)) this.latencies.add(now - change.at);
    }
  }

  summary() {
    return { made: this.made, seen: this.seen, latency: this.latencies.summary() };
  }
}

function mustSee(viewer, change) {
  const wasThere = viewer.section === sectionOf(change.place) && viewer.inSectionSince <= change.at;
  return wasThere && viewer.index !== change.person;
}
