// The rooms of a page: the client of presence.rooms, on any Socket.IO socket. No DOM.
//
//   const rooms = new Rooms(socket);
//   const lamp = rooms.join("lamp", { cells, people, signals, me, trouble, refused });   // each optional
//   await lamp.call("switch", { on: true });
//   lamp.signal("at", [12, 40]);
//   rooms.entered();          // after each `enter`: joins again what the page has
//
// Handlers get whole values: cells(all, changed) and people(map, total). `trouble` is a sentence while the page is not in the
// room, "" once it is; `refused` gets the server's sentence, when trying again would not help. The names in `all` come from the server's code
// and perhaps from users, so it is an object without a prototype.
import { Room } from "./rooms/room.js";

const ANSWER_MS = 5_000;
const RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 60_000;
const OFFLINE = "There is no connection right now. Try again in a moment.";
const NO_ANSWER = "The server did not answer. Try again in a moment.";
// What the server says that does not hold for good: it was asked too often, or its database was away.
const PASSING = /^Too many events|\btry again\b/i;
const EVENTS = { room_state: "state", room_diff: "diff", room_signals: "signals", room_me: "me" };

export class Rooms {
  #socket;
  #joined = new Map();
  #toJoin = new Set();
  #hasEntered = false;
  #retry = null;
  #retryMs = RETRY_MS;
  #toRetry = new Set();
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

  // Rooms that are joined in one turn share one event.
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
      this.#retryMs = RETRY_MS;
      for (const room of rooms) room.joined(answer.slots?.[room.name] ?? null, answer.every?.[room.name]);
    } else if (names.length > 1) {
      // All or none: one that is not open here must not take the others with it.
      for (const { name } of rooms) this.#ask([name]);
    } else {
      const isPassing = PASSING.test(answer.error);
      for (const room of rooms) isPassing ? room.cutOff(answer.error) : room.refused(answer.error);
      if (isPassing) this.#retryLater(names[0]);
    }
  }

  #retryLater(name) {
    this.#toRetry.add(name);
    this.#retry ??= setTimeout(() => this.#retryAll(), this.#retryMs);
  }

  #retryAll() {
    this.#retry = null;
    this.#retryMs = Math.min(2 * this.#retryMs, LONGEST_RETRY_MS);
    for (const name of this.#toRetry) if (this.#joined.has(name)) this.resync(name);
    this.#toRetry.clear();
  }

  #disconnected() {
    this.#hasEntered = false;
    for (const room of this.#joined.values()) {
      room.restart();
      room.cutOff(OFFLINE);
    }
  }
}
