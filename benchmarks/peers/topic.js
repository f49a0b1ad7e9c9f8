// One topic of the Node peer: what is true, what was published, and the diff between the two.

const NEAR_CAP = 250;
const FAR_CAP = 24;
const EPOCH = Math.random().toString(16).slice(2, 10);

export function topicsOf(place) {
  if (place === undefined) return [];
  const [course, section] = place.split("/");
  return ["", course, section && `${course}/${section}`].filter((topic) => topic !== undefined);
}

export class Topic {
  constructor(path) {
    this.path = path;
    this.depth = path ? path.split("/").length : 0;
    this.cap = this.depth === 2 ? NEAR_CAP : FAR_CAP;
    this.seq = this.publishedTotal = 0;
    this.members = new Map();
    this.counts = new Map();
    this.shown = new Map();
    this.waiting = new Set();
    this.dirty = new Set();
    this.dirtyCounts = new Map();
  }

  put(id, person) {
    this.count(this.members.get(id), -1);
    this.count(person, 1);
    if (person) this.members.set(id, person);
    else this.members.delete(id);
    this.sample(id, person);
  }

  state() {
    const people = [...this.shown.values()].filter(Boolean);
    const counts = Object.fromEntries([...this.counts].filter(([child]) => !this.dirtyCounts.has(child)));
    for (const [child, before] of this.dirtyCounts) if (before) counts[child] = before;
    return { ...this.head(), people, counts, total: this.publishedTotal };
  }

  // The diff since the last one, or null.
  publish() {
    const parts = { ...this.changedPeople(), ...this.changedCounts() };
    if (!Object.keys(parts).length && this.members.size === this.publishedTotal) return null;
    this.publishedTotal = this.members.size;
    this.seq += 1;
    return { ...this.head(), ...parts, total: this.publishedTotal };
  }

  head() {
    return { topic: this.path, epoch: EPOCH, seq: this.seq };
  }

  count(person, by) {
    const child = person?.place.split("/")[this.depth];
    if (child === undefined) return;
    const before = this.counts.get(child) ?? 0;
    if (!this.dirtyCounts.has(child)) this.dirtyCounts.set(child, before);
    if (before + by) this.counts.set(child, before + by);
    else this.counts.delete(child);
  }

  // A person who is shown stays shown; a place that becomes free goes to the one who has waited longest.
  sample(id, person) {
    if (this.shown.has(id)) {
      this.dirty.add(id);
      if (!person) this.promote();
    } else if (!person) {
      this.waiting.delete(id);
    } else if (this.shown.size < this.cap) {
      this.show(id);
    } else {
      this.waiting.add(id);
    }
  }

  promote() {
    const [next] = this.waiting;
    if (next === undefined) return;
    this.waiting.delete(next);
    this.show(next);
  }

  show(id) {
    this.shown.set(id, null);
    this.dirty.add(id);
  }

  changedPeople() {
    const parts = {};
    const add = (name, value) => (parts[name] ??= []).push(value);
    for (const id of this.dirty) {
      const before = this.shown.get(id);
      const member = this.members.get(id);
      if (member) this.shown.set(id, published(member));
      else this.shown.delete(id);
      if (member) add(before ? "updates" : "joins", this.shown.get(id));
      else if (before) add("leaves", before.key);
    }
    this.dirty.clear();
    return parts;
  }

  changedCounts() {
    const counts = {};
    for (const [child, before] of this.dirtyCounts) {
      const now = this.counts.get(child) ?? 0;
      if (now !== before) counts[child] = now;
    }
    this.dirtyCounts.clear();
    return Object.keys(counts).length ? { counts } : {};
  }
}

function published({ key, name, avatar, place, status, since }) {
  return { key, name, avatar, role: "learner", places: [place], status, since };
}
