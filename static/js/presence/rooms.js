// The rooms of a page: the client of presence.rooms, on any Socket.IO socket. No DOM.
//
//   const rooms = new Rooms(socket);
//   const lamp = rooms.join("lamp", { cells, people, signals, me, trouble });   // each handler is optional
//   await lamp.call("switch", { on: true });
//   lamp.signal("at", [12, 40]);
//   rooms.entered();          // after each `enter`: joins again what the page has
//
// Handlers get whole values: cells(all, changed) and people(map, total). The names in `all` come from the server's code
// and perhaps from users, so it is an object without a prototype.
import { Ordered } from "./model/ordered.js";

const ANSWER_MS = 5_000;
const RETRY_MS = 2_000;
const EVERY_MS = 100;
const OFFLINE = "There is no connection right now. Try again in a moment.";
const NO_ANSWER = "The server did not answer. Try again in a moment.";
const EVENTS = { room_state: "state", room_diff: "diff", room_signals: "signals", room_me: "me" };

export class Rooms {
  #socket;
  #joined = new Map();
  #toJoin = new Set();
  #hasEntered = false;
  #retry;
  #listeners = { disconnect: () => this.#disconnected() };

  constructor(socket) {
    this.#socket = socket;
    for (const [event, part] of Object.entries(EVENTS)) {
      this.#listeners[event] = (message) => this.#joined.get(message?.room)?.receive(part, message);
    }
    for (const [event, listener] of Object.entries(this.#listeners)) socket.on(event, listener);
  }

  // Join a room at the page's place; at once, or when the page has entered one.
  join(name, handlers = {}) {
    const room = new Room(name, handlers, this);
    this.#joined.set(name, room);
    if (this.#hasEntered) this.#joinSoon(name);
    return room;
  }

  // The socket has said where the page is: what was joined at the last place has to be joined again.
  entered() {
    this.#hasEntered = true;
    for (const room of this.#joined.values()) room.restart();
    this.#toJoin = new Set(this.#joined.keys());
    this.#joinAll();
  }

  // Leave all rooms and the socket: this object has no more to do.
  close() {
    clearTimeout(this.#retry);
    for (const room of [...this.#joined.values()]) room.leave();
    for (const [event, listener] of Object.entries(this.#listeners)) this.#socket.off(event, listener);
  }

  // The rest is for Room.

  leave(room) {
    if (this.#joined.get(room.name) !== room) return;
    this.#joined.delete(room.name);
    this.#toJoin.delete(room.name);
    if (this.#socket.connected) this.#socket.emit("room_leave", { room: room.name });
  }

  resync(name) {
    if (this.#hasEntered) this.#joinSoon(name);
  }

  // Resolves the server's answer, whatever it says.
  ask(event, payload) {
    if (!this.#socket.connected) return Promise.resolve({ ok: false, error: OFFLINE });
    return new Promise((resolve) => {
      const late = setTimeout(() => resolve({ ok: false, error: NO_ANSWER }), ANSWER_MS);
      this.#socket.emit(event, payload, (answer) => {
        clearTimeout(late);
        resolve(answer ?? { ok: false, error: NO_ANSWER });
      });
    });
  }

  // Socket.IO would keep it for later; a signal is worth nothing later.
  signal(payload) {
    if (this.#socket.connected) this.#socket.emit("room_signal", payload);
  }

  // Whatever is joined in one turn is one event.
  #joinSoon(name) {
    this.#toJoin.add(name);
    if (this.#toJoin.size === 1) queueMicrotask(() => this.#joinAll());
  }

  #joinAll() {
    const names = [...this.#toJoin];
    this.#toJoin.clear();
    if (names.length && this.#socket.connected) this.#ask(names);
  }

  async #ask(names) {
    const answer = await this.ask("room_join", { rooms: names });
    const rooms = names.map((name) => this.#joined.get(name)).filter(Boolean);
    if (answer.ok) {
      for (const room of rooms) room.joined(answer.slots?.[room.name] ?? null, answer.every?.[room.name]);
    } else if (names.length > 1) {
      // All or none: one that is not open here must not take the others with it.
      for (const { name } of rooms) this.#ask([name]);
    } else {
      for (const room of rooms) room.refused(answer.error);
      if (/^Too many events/.test(answer.error)) this.#retryLater(names[0]);
    }
  }

  #retryLater(name) {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#joined.has(name) && this.resync(name), RETRY_MS);
  }

  #disconnected() {
    this.#hasEntered = false;
    for (const room of this.#joined.values()) {
      room.restart();
      room.refused(OFFLINE);
    }
  }
}

// One room of the page. `slot` is my own in its signals, null for none.
class Room {
  slot = null;
  #handlers;
  #rooms;
  #audiences = new Map();
  #place = null;
  #every = EVERY_MS;
  #waiting = new Map();
  #timers = new Map();

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
    this.#waiting.set(name, value);
    if (!this.#timers.has(name)) this.#flush(name);
  }

  leave() {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#waiting.clear();
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

  refused(sentence) {
    this.#tell("trouble", sentence);
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

  #identify(slot, every = this.#every) {
    const isNews = slot !== this.slot || every !== this.#every;
    [this.slot, this.#every] = [slot, every];
    if (isNews) this.#tell("me", { slot, every });
  }

  #flush(name) {
    this.#timers.delete(name);
    if (!this.#waiting.has(name)) return;
    this.#rooms.signal({ room: this.name, signal: name, value: this.#waiting.get(name) });
    this.#waiting.delete(name);
    this.#timers.set(name, setTimeout(() => this.#flush(name), this.#every));
  }

  #tell(handler, ...values) {
    this.#handlers[handler]?.(...values);
  }
}

// What one audience of a room has been told.
class Audience extends Ordered {
  cells = new Map();
  people = new Map();
  total = 0;

  start({ cells, people = {}, total = 0 }) {
    this.cells = new Map(Object.entries(cells));
    this.people = new Map(Object.entries(people).map(([slot, face]) => [Number(slot), face]));
    this.total = total;
  }

  apply({ cells = {}, people = {}, left = [], total = this.total }) {
    for (const [name, value] of Object.entries(cells)) set(this.cells, name, value);
    for (const slot of left) this.people.delete(slot);
    for (const [slot, face] of Object.entries(people)) this.people.set(Number(slot), face);
    this.total = total;
  }
}

function set(cells, name, value) {
  if (value === null) cells.delete(name);
  else cells.set(name, value);
}

// What has changed between two sets of cells, null for what is gone.
function changes(before, now) {
  const changed = Object.create(null);
  for (const name of Object.keys(before)) if (!(name in now)) changed[name] = null;
  for (const name of Object.keys(now)) {
    if (JSON.stringify(before[name]) !== JSON.stringify(now[name])) changed[name] = now[name];
  }
  return changed;
}

function withoutPrototype(object) {
  const copy = Object.create(null);
  for (const [name, value] of Object.entries(object ?? {})) copy[name] = value;
  return copy;
}
