// Orders to the room, at most one a second as the server takes them. Of each kind the last one counts. Pure.

export const GAP_MS = 1_050;

export class OrderQueue {
  #send;
  #waiting = new Map();
  #timer = null;
  #lastAt = -Infinity;

  constructor(send) {
    this.#send = send;
  }

  put(did, more = {}) {
    this.#waiting.delete(did);
    this.#waiting.set(did, { did, ...more });
    if (this.#timer === null) this.#next();
  }

  clear() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#waiting.clear();
  }

  #next() {
    this.#timer = null;
    const [first] = this.#waiting.values();
    if (!first) return;
    const wait = this.#lastAt + GAP_MS - Date.now();
    if (wait > 0) {
      this.#timer = setTimeout(() => this.#next(), wait);
      return;
    }
    this.#waiting.delete(first.did);
    this.#lastAt = Date.now();
    this.#send(first);
    if (this.#waiting.size) this.#timer = setTimeout(() => this.#next(), GAP_MS);
  }
}
