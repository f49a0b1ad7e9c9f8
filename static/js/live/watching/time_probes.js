// Asks a room for the server's time: four times when it is joined, then once a minute.
import { ServerClock } from "../clock.js";

const PROBES = 4;
const PROBE_MS = 250;
const PROBE_AGAIN_MS = 60_000;

export class TimeProbes {
  #ask;
  #known;
  #clock = new ServerClock();
  #timer = null;
  #run = 0;

  // `ask()` resolves {now}; `known()` is called when the time is known for the first time.
  constructor(ask, known) {
    [this.#ask, this.#known] = [ask, known];
  }

  get isKnown() {
    return this.#clock.known;
  }

  get now() {
    return this.#clock.now(performance.now());
  }

  // Again after the connection was lost: the ones under way count no more.
  start() {
    this.stop();
    this.#probe(PROBES, this.#run);
  }

  stop() {
    this.#run += 1;
    clearTimeout(this.#timer);
  }

  async #probe(left, run) {
    const asked = performance.now();
    const wasKnown = this.isKnown;
    // Without an answer the next one may be heard.
    const answer = await this.#ask().catch(() => null);
    if (run !== this.#run) return;
    this.#clock.heard(asked, answer?.now, performance.now());
    if (!wasKnown && this.isKnown) this.#known();
    this.#timer = setTimeout(() => this.#probe(Math.max(left - 1, 1), run), left > 1 ? PROBE_MS : PROBE_AGAIN_MS);
  }
}
