// Asks for the states of the sections of a course: those in view every 5 s and soon after news, the others every 30 s.
//
// The browser sends the ETag it has by itself, and a section in which nothing happened costs a 304. However much happens
// and however many sections there are, no more than six are asked for in a second, those that have waited longest first.

const SEEN_MS = 5_000;
const UNSEEN_MS = 30_000;
const TURN_MS = 1_000;
const FRAMES_MS = 150;
const ASKED_AT_ONCE = 6;

export class Watch {
  #heard;
  #asked = new Map();
  #seen = new Set();
  #asking = new Set();
  #newsAt = 0;
  #timer = null;
  #soon = null;
  #observer;

  // `heard(section, state)` gets each presence_state of a section that comes.
  constructor(heard) {
    this.#heard = heard;
    this.#observer = new IntersectionObserver((entries) => entries.forEach((entry) => this.#noticed(entry)));
  }

  start(blocks) {
    for (const block of blocks) {
      this.#asked.set(block.dataset.block, 0);
      this.#observer.observe(block);
    }
    this.#timer = setInterval(() => this.#turn(), TURN_MS);
    this.hurry();
  }

  stop() {
    clearInterval(this.#timer);
    clearTimeout(this.#soon);
    this.#observer.disconnect();
    this.#asked.clear();
    this.#seen.clear();
    [this.#timer, this.#soon] = [null, null];
  }

  // Something has changed somewhere. Several topics tell of one move in frames of their own.
  hurry() {
    this.#newsAt = performance.now();
    this.#soon ??= setTimeout(() => ((this.#soon = null), this.#turn()), FRAMES_MS);
  }

  #noticed({ target: { dataset }, isIntersecting }) {
    if (isIntersecting) this.#seen.add(dataset.block);
    else this.#seen.delete(dataset.block);
  }

  #turn() {
    if (document.visibilityState !== "visible" || !this.#timer) return;
    const now = performance.now();
    const due = [...this.#asked].filter(([section, at]) => !this.#asking.has(section) && this.#isDue(section, at, now));
    due.sort(([, a], [, b]) => a - b);
    for (const [section] of due.slice(0, ASKED_AT_ONCE)) this.#ask(section, now);
  }

  #isDue(section, at, now) {
    if (!at || now - at >= UNSEEN_MS) return true;
    if (!this.#seen.has(section) || now - at < TURN_MS / 2) return false;
    return now - at >= SEEN_MS || at < this.#newsAt;
  }

  async #ask(section, now) {
    this.#asked.set(section, now);
    this.#asking.add(section);
    const state = await stateOf(section).catch(() => null);
    this.#asking.delete(section);
    // The page may be another one by now.
    if (state && this.#asked.has(section)) this.#heard(section, state);
  }
}

async function stateOf(section) {
  const answer = await fetch(`/presence?place=${encodeURIComponent(section)}`);
  if (!answer.ok) return null;
  const { states } = await answer.json();
  return states.find(({ topic }) => topic === section);
}
