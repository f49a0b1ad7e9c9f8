// The order of a state and its diffs: what to apply, what to drop, and when to ask for a state again. Pure.
//
// It starts out waiting; a state makes it live. A diff applies only to the state with the same epoch and the previous
// sequence number. Older diffs are dropped. Diffs that arrive while it waits are buffered for the coming state. A gap or a
// new epoch makes it wait. While it waits it keeps what it last knew.
//
// A subclass says what a state and a diff mean: `start(state)` and `apply(diff)`.

const MAX_BUFFERED_DIFFS = 500;

export class Ordered {
  known = false;
  #epoch = null;
  #seq = 0;
  #waiting = true;
  #buffered = [];

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
  applyState(state) {
    this.start(state);
    [this.#epoch, this.#seq] = [state.epoch, state.seq];
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
    this.apply(diff);
    this.#seq = diff.seq;
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
}
