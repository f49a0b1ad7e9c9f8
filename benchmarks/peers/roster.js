// Who is where on the Node peer: one person a user, in the topics of their place.

import { Topic, topicsOf } from "./topic.js";

export class Roster {
  constructor() {
    this.people = new Map();
    this.topics = new Map();
    this.changed = new Set();
    this.leaving = new Map();
  }

  topic(path) {
    if (!this.topics.has(path)) this.topics.set(path, new Topic(path));
    return this.topics.get(path);
  }

  // A person is at a place, or has a status, from now on.
  put(id, change) {
    const before = this.people.get(id) ?? newcomer(id);
    const now = { ...before, ...change };
    this.people.set(id, now);
    const topics = topicsOf(now.place);
    for (const path of topicsOf(before.place)) if (!topics.includes(path)) this.tell(path, id, null);
    for (const path of topics) this.tell(path, id, now);
  }

  // A person has closed their page; they count as present for the grace.
  leaveIn(ms, id, left) {
    this.leaving.set(id, setTimeout(() => {
      this.leaving.delete(id);
      this.remove(id);
      left();
    }, ms));
  }

  // A person is back.
  stay(id) {
    clearTimeout(this.leaving.get(id));
    this.leaving.delete(id);
  }

  remove(id) {
    const person = this.people.get(id);
    this.people.delete(id);
    for (const path of topicsOf(person?.place)) this.tell(path, id, null);
  }

  tell(path, id, person) {
    this.topic(path).put(id, person);
    this.changed.add(path);
  }
}

function newcomer(id) {
  const since = Math.floor(Date.now() / 1000);
  return { id, key: String(id).padStart(20, "0"), name: `Learner ${id}`, avatar: "/static/avatars/ada.svg", since, status: "active" };
}
