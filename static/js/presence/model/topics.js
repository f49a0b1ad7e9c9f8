// What the server has told about each topic that I watch: a state machine over presence_state and presence_diff. Pure.
//
// A topic starts out waiting. A state makes it live; a diff applies only on the state it belongs to, which is the one of
// the same epoch and the sequence number before its own. Older diffs are dropped. Diffs that come while a topic waits are
// kept for the state that is under way. A gap, or another epoch, makes the topic wait and asks for a state, once.
// While a topic waits it goes on showing what it last knew.

const KEPT_DIFFS = 500;

export class Topics {
  #topics = new Map();
  #askForState;

  constructor(askForState) {
    this.#askForState = askForState;
  }

  // Watch exactly these topics, outermost first. Those watched before keep what they know.
  watch(names) {
    const before = this.#topics;
    this.#topics = new Map(names.map((name) => [name, before.get(name) ?? new Topic(name)]));
  }

  // The connection is a new one: whatever was on its way will not come, and a state of every topic will.
  restart() {
    for (const topic of this.#topics.values()) topic.wait();
  }

  forget() {
    this.#topics = new Map();
  }

  // Both return whether there is something new to show.
  state(message) {
    const topic = this.#topics.get(message?.topic);
    if (!topic || !topic.accepts(message)) return false;
    if (!topic.begin(message)) this.#askForState(topic.name);
    return true;
  }

  diff(message) {
    const topic = this.#topics.get(message?.topic);
    if (!topic) return false;
    const outcome = topic.take(message);
    if (outcome === "gap") this.#askForState(topic.name);
    return outcome === "applied";
  }

  // Whether every topic has had a state at some time: until then the first paint knows more than we do.
  get known() {
    return this.#topics.size > 0 && this.list().every((topic) => topic.known);
  }

  // Whether what every topic shows is what holds now.
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
  #kept = [];

  constructor(name) {
    this.name = name;
  }

  get isWaiting() {
    return this.#waiting;
  }

  wait() {
    this.#waiting = true;
    this.#kept = [];
  }

  accepts({ epoch, seq }) {
    return this.#waiting || epoch !== this.#epoch || seq > this.#seq;
  }

  // Start from a state, then apply the diffs that waited for it. False when there is a gap between them.
  begin({ epoch, seq, people, counts, total }) {
    this.people = new Map(people.map((person) => [person.key, person]));
    this.counts = new Map(Object.entries(counts));
    [this.total, this.#epoch, this.#seq] = [total, epoch, seq];
    [this.known, this.#waiting] = [true, false];
    return this.#catchUp();
  }

  // "applied", "dropped", "kept" or "gap".
  take(diff) {
    if (this.#waiting) return this.#keep(diff);
    if (diff.epoch === this.#epoch && diff.seq <= this.#seq) return "dropped";
    if (diff.epoch !== this.#epoch || diff.seq !== this.#seq + 1) {
      this.wait();
      this.#keep(diff);
      return "gap";
    }
    this.#apply(diff);
    return "applied";
  }

  #keep(diff) {
    this.#kept.push(diff);
    if (this.#kept.length > KEPT_DIFFS) this.#kept.shift();
    return "kept";
  }

  #catchUp() {
    const kept = this.#kept.filter(({ epoch }) => epoch === this.#epoch).sort((a, b) => a.seq - b.seq);
    this.#kept = [];
    return kept.every((diff) => this.take(diff) !== "gap" && !this.#waiting);
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
