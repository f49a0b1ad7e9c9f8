// The state of each watched topic, built from presence_state and presence_diff messages. Pure.
import { Ordered } from "./ordered.js";

export class Topics {
  #topics = new Map();
  #askForState;

  constructor(askForState) {
    this.#askForState = askForState;
  }

  // Watch exactly these topics, outermost first. Topics that were already watched keep their state.
  watch(names) {
    const before = this.#topics;
    this.#topics = new Map(names.map((name) => [name, before.get(name) ?? new Topic(name)]));
  }

  // New connection: messages in flight are lost, and every topic gets a fresh state.
  restart() {
    for (const topic of this.#topics.values()) topic.awaitState();
  }

  clear() {
    this.#topics = new Map();
  }

  // state() and diff() return true if something changed.
  state(message) {
    const topic = this.#topics.get(message?.topic);
    if (!topic || !topic.accepts(message)) return false;
    if (!topic.applyState(message)) this.#askForState(topic.name);
    return true;
  }

  diff(message) {
    const topic = this.#topics.get(message?.topic);
    if (!topic) return false;
    const outcome = topic.applyDiff(message);
    if (outcome === "gap") this.#askForState(topic.name);
    return outcome === "applied";
  }

  // True once every topic has had a state; before that the first paint is more complete.
  get known() {
    return this.#topics.size > 0 && this.list().every((topic) => topic.known);
  }

  // True if every topic is up to date.
  get live() {
    return this.known && this.list().every((topic) => !topic.isWaiting);
  }

  get(name) {
    return this.#topics.get(name);
  }

  // Outermost first.
  list() {
    return [...this.#topics.values()];
  }
}

class Topic extends Ordered {
  people = new Map();
  counts = new Map();
  total = 0;

  constructor(name) {
    super();
    this.name = name;
  }

  start({ people, counts, total }) {
    this.people = new Map(people.map((person) => [person.key, person]));
    this.counts = new Map(Object.entries(counts));
    this.total = total;
  }

  apply({ joins = [], updates = [], leaves = [], counts = {}, total = this.total }) {
    for (const key of leaves) this.people.delete(key);
    for (const person of [...joins, ...updates]) this.people.set(person.key, person);
    for (const [child, n] of Object.entries(counts)) this.#count(child, n);
    this.total = total;
  }

  #count(child, n) {
    if (n > 0) this.counts.set(child, n);
    else this.counts.delete(child);
  }
}
