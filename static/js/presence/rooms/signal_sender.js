// Sends signals by name, each at most once in `every` milliseconds: the last value always goes out.

const EVERY_MS = 100;

export class SignalSender {
  every = EVERY_MS;
  #emit;
  #waiting = new Map();
  #timers = new Map();

  // `emit(name, value)` puts one signal on the wire.
  constructor(emit) {
    this.#emit = emit;
  }

  send(name, value) {
    this.#waiting.set(name, value);
    if (!this.#timers.has(name)) this.#flush(name);
  }

  clear() {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#waiting.clear();
  }

  #flush(name) {
    this.#timers.delete(name);
    if (!this.#waiting.has(name)) return;
    this.#emit(name, this.#waiting.get(name));
    this.#waiting.delete(name);
    this.#timers.set(name, setTimeout(() => this.#flush(name), this.every));
  }
}
