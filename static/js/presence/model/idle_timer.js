// Whether I am active or away: away after a minute in a hidden tab or five minutes without input, back at once. Pure.
//
// Times are milliseconds of any steady clock. `at(now)` says what holds, `next` when it may change by itself.

export const HIDDEN_MS = 60_000;
export const IDLE_MS = 5 * 60_000;

export class Activity {
  #inputAt;
  #hiddenAt = null;

  constructor(now, hidden = false) {
    this.#inputAt = now;
    if (hidden) this.#hiddenAt = now;
  }

  input(now) {
    this.#inputAt = now;
  }

  // Coming back to a tab is a sign of life as good as a key.
  visibility(now, hidden) {
    if (hidden) this.#hiddenAt ??= now;
    else [this.#hiddenAt, this.#inputAt] = [null, now];
  }

  at(now) {
    return now >= this.next ? "away" : "active";
  }

  get next() {
    const idle = this.#inputAt + IDLE_MS;
    return this.#hiddenAt === null ? idle : Math.min(idle, this.#hiddenAt + HIDDEN_MS);
  }
}
