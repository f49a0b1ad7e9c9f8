// The state of each watched topic, built from presence_state and presence_diff messages. Pure.
//
// A topic starts out waiting; a state makes it live. A diff applies only to the state with the same epoch and the previous
// sequence number. Older diffs are dropped. Diffs that arrive while the topic waits are buffered for the coming state. A gap
// or a new epoch makes the topic wait and requests a state once. A waiting topic keeps showing what it last knew.

const MAX_BUFFERED_DIFFS = 500;

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

class Topic {
  people = new Map();
  counts = new Map();
  total = 0;
  known = false;
  #epoch = null;
  #seq = 0;
  #waiting = true;
  #buffered = [];

  constructor(name) {
    this.name = name;
  }

  get isWaiting() {
    return this.#waiting;
  }

  awaitState() {
    this.#waiting = true;
    this.#buffered = [];
  }

  accepts({ epoch, seq }) {
    return this.#waiting || epoch !== this.#epoch || seq > this.#seq;
  }

  // Replace everything with a state, then apply the buffered diffs. Returns false if a diff is missing between them.
  applyState({ epoch, seq, people, counts, total }) {
    this.people = new Map(people.map((person) => [person.key, person]));
    this.counts = new Map(Object.entries(counts));
    [this.total, this.#epoch, this.#seq] = [total, epoch, seq];
    [this.known, this.#waiting] = [true, false];
    return this.#applyBuffered();
  }

  // Returns "applied", "dropped", "buffered" or "gap".
  applyDiff(diff) {
    if (this.#waiting) return this.#buffer(diff);
    if (diff.epoch === this.#epoch && diff.seq <= this.#seq) return "dropped";
    if (diff.epoch !== this.#epoch || diff.seq !== this.#seq + 1) {
      this.awaitState();
      this.#buffer(diff);
      return "gap";
    }
    this.#apply(diff);
    return "applied";
  }

  #buffer(diff) {
    this.#buffered.push(diff);
    if (this.#buffered.length > MAX_BUFFERED_DIFFS) this.#buffered.shift();
    return "buffered";
  }

  #applyBuffered() {
    const buffered = this.#buffered.filter(({ epoch }) => epoch === this.#epoch).sort((a, b) => a.seq - b.seq);
    this.#buffered = [];
    return buffered.every((diff) => this.applyDiff(diff) !== "gap" && !this.#waiting);
  }

  #apply({ seq, joins = [], updates = [], leaves = [], counts = {}, total = this.total }) {
    for (const key of leaves) this.people.delete(key);
    for (const person of [...joins, ...updates]) this.people.set(person.key, person);
    for (const [child, n] of Object.entries(counts)) this.#count(child, n);
    [this.total, this.#seq] = [total, seq];
  }

  #count(child, n) {
    if (n > 0) this.counts.set(child, n);
    else this.counts.delete(child);
  }
}
