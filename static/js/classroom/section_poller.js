// Polls the states of a course's sections: every 5 s and soon after a change if in view, else every 30 s.
//
// The browser sends its ETag, so an unchanged section costs a 304. At most six sections are polled per second, the one that
// has waited longest first.

import { at } from "../site/root.js";

const IN_VIEW_MS = 5_000;
const OUT_OF_VIEW_MS = 30_000;
const TURN_MS = 1_000;
const BATCH_MS = 150;
const REQUESTS_PER_TURN = 6;

export class SectionPoller {
  #onState;
  #askedAt = new Map();
  #inView = new Set();
  #pending = new Set();
  #changedAt = 0;
  #timer = null;
  #soon = null;
  #observer;

  // `onState(section, state)` receives each section's presence_state.
  constructor(onState) {
    this.#onState = onState;
    this.#observer = new IntersectionObserver((entries) => entries.forEach((entry) => this.#onIntersection(entry)));
  }

  start(blocks) {
    for (const block of blocks) {
      this.#askedAt.set(block.dataset.block, 0);
      this.#observer.observe(block);
    }
    this.#timer = setInterval(() => this.#poll(), TURN_MS);
    this.pollSoon();
  }

  stop() {
    clearInterval(this.#timer);
    clearTimeout(this.#soon);
    this.#observer.disconnect();
    this.#askedAt.clear();
    this.#inView.clear();
    [this.#timer, this.#soon] = [null, null];
  }

  // Something changed. One move arrives as several frames, so wait for them.
  pollSoon() {
    this.#changedAt = performance.now();
    this.#soon ??= setTimeout(() => ((this.#soon = null), this.#poll()), BATCH_MS);
  }

  #onIntersection({ target: { dataset }, isIntersecting }) {
    if (isIntersecting) this.#inView.add(dataset.block);
    else this.#inView.delete(dataset.block);
  }

  #poll() {
    if (document.visibilityState !== "visible" || !this.#timer) return;
    const now = performance.now();
    const due = [...this.#askedAt].filter(([section, at]) => !this.#pending.has(section) && this.#isDue(section, at, now));
    due.sort(([, a], [, b]) => a - b);
    for (const [section] of due.slice(0, REQUESTS_PER_TURN)) this.#ask(section, now);
  }

  #isDue(section, at, now) {
    if (!at || now - at >= OUT_OF_VIEW_MS) return true;
    if (!this.#inView.has(section) || now - at < TURN_MS / 2) return false;
    return now - at >= IN_VIEW_MS || at < this.#changedAt;
  }

  async #ask(section, now) {
    this.#askedAt.set(section, now);
    this.#pending.add(section);
    const state = await stateOf(section).catch(() => null);
    this.#pending.delete(section);
    // The user may have left the page meanwhile.
    if (state && this.#askedAt.has(section)) this.#onState(section, state);
  }
}

async function stateOf(section) {
  const answer = await fetch(at(`/presence?place=${encodeURIComponent(section)}`));
  if (!answer.ok) return null;
  const { states } = await answer.json();
  return states.find(({ topic }) => topic === section);
}
