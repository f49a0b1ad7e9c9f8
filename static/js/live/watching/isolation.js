// Whether I am cut off from the others, or connected to a server that has lost them: the video goes on, no order comes.

const WITHOUT_OTHERS = ["paused", "lost", "offline"];
const ALONE = "On your own until the connection is back.";

export class Isolation {
  #isCutOff = false;
  #isAlone = false;
  #tell;

  // `tell(sentence)` shows it, "" for none.
  constructor(tell) {
    this.#tell = tell;
  }

  watch(signal) {
    document.addEventListener("presence:trouble", () => this.check(), { signal });
    this.check();
  }

  // The connection is gone, or back.
  cutOff(is) {
    this.#isCutOff = is;
    this.check();
  }

  check() {
    const isAlone = this.#isCutOff || WITHOUT_OTHERS.includes(document.body.dataset.presenceState);
    if (isAlone === this.#isAlone) return;
    this.#isAlone = isAlone;
    this.#tell(isAlone ? ALONE : "");
  }
}
