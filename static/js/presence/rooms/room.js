// One room of the page: a tenant holds it, and Rooms gives it the messages. `slot` is my own in its signals, null for none.
import { Audience } from "./audience.js";
import { changes, withoutPrototype } from "./cells.js";
import { SignalSender } from "./signal_sender.js";

export class Room {
  slot = null;
  #handlers;
  #rooms;
  #audiences = new Map();
  #place = null;
  #signals = new SignalSender((signal, value) => this.#rooms.signal({ room: this.name, signal, value }));

  constructor(name, handlers, rooms) {
    [this.name, this.#handlers, this.#rooms] = [name, handlers, rooms];
  }

  // Resolves the reply; rejects with the server's sentence, or when no answer comes.
  async call(name, payload = {}) {
    const answer = await this.#rooms.ask("room_call", { room: this.name, call: name, with: payload });
    if (!answer.ok) throw new Error(answer.error);
    return answer.reply;
  }

  // At most one in `every` milliseconds goes out, the last one always.
  signal(name, value) {
    this.#signals.send(name, value);
  }

  leave() {
    this.#signals.clear();
    this.#rooms.leave(this);
  }

  // The rest is for Rooms.

  restart() {
    for (const audience of this.#audiences.values()) audience.awaitState();
  }

  joined(slot, every) {
    this.#tell("trouble", "");
    this.#identify(slot, every);
  }

  cutOff(sentence) {
    this.#tell("trouble", sentence);
  }

  refused(sentence) {
    this.cutOff(sentence);
    this.#tell("refused", sentence);
  }

  receive(part, message) {
    if (part === "state") this.#state(message);
    else if (message.place !== this.#place) return;
    else if (part === "diff") this.#diff(message);
    else if (part === "me") this.#identify(message.slot, message.every);
    else this.#tell("signals", withoutPrototype(message.signals));
  }

  #state(message) {
    if (message.place !== this.#place) this.#audiences.clear();
    this.#place = message.place;
    const audience = this.#audience(message.audience);
    const before = this.#cells();
    const isWhole = audience.applyState(message);
    const cells = this.#cells();
    this.#tell("cells", cells, changes(before, cells));
    if ("people" in message) this.#tellPeople();
    if (!isWhole) this.#rooms.resync(this.name);
  }

  #diff(message) {
    const outcome = this.#audience(message.audience).applyDiff(message);
    if (outcome === "gap") this.#rooms.resync(this.name);
    if (outcome !== "applied") return;
    if ("cells" in message) this.#tell("cells", this.#cells(), withoutPrototype(message.cells));
    if ("people" in message || "left" in message || "total" in message) this.#tellPeople();
  }

  #audience(name) {
    if (!this.#audiences.has(name)) this.#audiences.set(name, new Audience());
    return this.#audiences.get(name);
  }

  #tellPeople() {
    const everyone = this.#audience("");
    this.#tell("people", new Map(everyone.people), everyone.total);
  }

  // The cells of all my audiences; their names do not clash.
  #cells() {
    return Object.assign(Object.create(null), ...[...this.#audiences.values()].map(({ cells }) => Object.fromEntries(cells)));
  }

  #identify(slot, every = this.#signals.every) {
    const isNews = slot !== this.slot || every !== this.#signals.every;
    [this.slot, this.#signals.every] = [slot, every];
    if (isNews) this.#tell("me", { slot, every });
  }

  #tell(handler, ...values) {
    this.#handlers[handler]?.(...values);
  }
}
