// Idle detection: away after a minute in a hidden tab or five minutes without input, active again immediately. Pure.
//
// Times are milliseconds of any monotonic clock. `at(now)` is the status, `next` the time at which it may turn to away.

export const HIDDEN_MS = 60_000;
export const IDLE_MS = 5 * 60_000;

export class IdleTimer {
  #inputAt;
  #hiddenAt = null;

  constructor(now, hidden = false) {
    this.#inputAt = now;
    if (hidden) this.#hiddenAt = now;
  }

  input(now) {
    this.#inputAt = now;
  }

  // Returning to the tab counts as input.
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
