// Who leads a session, if anyone: then only they control the video. A leader who is away for a minute gives it back.

const AWAY_MS = 60_000;

export class Leadership {
  #key = null;
  #timer = null;

  told(key) {
    this.#key = key;
  }

  get isMine() {
    return Boolean(this.#key) && this.#key === document.body.dataset.me;
  }

  get isOfAnother() {
    return Boolean(this.#key) && !this.isMine;
  }

  // Call `giveBack` once I have been away for a minute, until `signal` aborts.
  watch(giveBack, signal) {
    document.addEventListener("visibilitychange", () => this.#visibilityChanged(giveBack), { signal });
    signal.addEventListener("abort", () => clearTimeout(this.#timer));
  }

  #visibilityChanged(giveBack) {
    clearTimeout(this.#timer);
    if (document.hidden) this.#timer = setTimeout(() => this.isMine && giveBack(), AWAY_MS);
  }
}
