// All the viewers of one server, the messages they got, and their cost for the server.

import { readFileSync } from "node:fs";
import { ColyseusViewer } from "./colyseus.js";
import { HocuspocusViewer } from "./hocuspocus.js";
import { RelayViewer } from "./relay.js";
import { SeedViewer } from "./seed.js";
import { SiteViewer } from "./site.js";
import { Sightings } from "./sightings.js";
import { usage } from "./process.js";

const REMEMBERED_MESSAGES = 5_000;
const SPEAKS = {
  "socket.io": SiteViewer,
  seed: SeedViewer,
  relay: RelayViewer,
  colyseus: ColyseusViewer,
  hocuspocus: HocuspocusViewer,
};

export class Population {
  constructor({ url, pid, protocol, cookies, people }) {
    this.url = url;
    this.pid = pid;
    this.cookies = cookies && JSON.parse(readFileSync(cookies, "utf8"));
    this.sightings = new Sightings();
    this.shown = new Map();
    this.trail = null;
    this.frames = this.lost = 0;
    this.heardAt = performance.now();
    this.viewers = Array.from({ length: people }, (_, index) => new SPEAKS[protocol](this, index));
  }

  get present() {
    return this.viewers.filter((viewer) => viewer.section);
  }

  received(viewer, data) {
    this.frames += 1;
    if (viewer.read(data)) this.heardAt = performance.now();
  }

  // A viewer has received the message `key`; `people` lists who is shown where, and is asked once a message. Tells
  // whether that made a change visible.
  show(viewer, key, people) {
    let changes = this.shown.get(key);
    if (!changes) {
      changes = people().flatMap(([index, places]) => this.sightings.resolve(index, places));
      this.shown.set(key, changes);
      if (this.shown.size > REMEMBERED_MESSAGES) this.shown.delete(this.shown.keys().next().value);
    }
    if (changes.length) this.sightings.see(viewer, changes, performance.now());
    return changes.length > 0;
  }

  // Everything counted so far, to be subtracted from a later count.
  count() {
    const bytes = this.viewers.reduce((sum, viewer) => sum + viewer.bytes, 0);
    const events = this.viewers.reduce((sum, viewer) => sum + viewer.events, 0);
    return { at: performance.now(), frames: this.frames, events, bytes, lost: this.lost, ...usage(this.pid) };
  }

  async close() {
    for (const viewer of this.viewers) viewer.close();
  }
}
