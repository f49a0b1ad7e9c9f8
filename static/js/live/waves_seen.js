// The waves that this page has shown already, and the people I have waved at. No DOM.
const AGAIN_MS = 300_000;

export class WavesSeen {
  #last = new Map();
  #sent = new Map();

  // A page that enters a lesson gets a wave again that is a few seconds old.
  isNew({ from, at }) {
    if (this.#last.get(from.key) >= at) return false;
    this.#last.set(from.key, at);
    return true;
  }

  sent(key, now) {
    this.#sent.set(key, now);
  }

  // Then theirs is an answer, and mine would be refused.
  hasSent(key, now) {
    return now - this.#sent.get(key) < AGAIN_MS;
  }
}
