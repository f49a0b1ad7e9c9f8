// Polls the counts of visible sections other than mine: none of my topics has them.

import { at } from "../../site/root.js";

const INTERVAL_MS = 10_000;

export class SectionPoller {
  #counts = new Map();
  #visible = new Set();
  #observer;
  #timer;
  #own = "";
  #onChange;

  constructor(onChange) {
    this.#onChange = onChange;
    this.#observer = new IntersectionObserver((entries) => entries.forEach((entry) => this.#onIntersection(entry)));
  }

  // Watch the section blocks of this page. `own` is my section: its counts arrive over the socket.
  watch(root, own) {
    this.stop();
    this.#own = own;
    for (const block of root.querySelectorAll("[data-section]")) this.#observer.observe(block);
    this.#timer = setInterval(() => this.#ask(), INTERVAL_MS);
  }

  stop() {
    clearInterval(this.#timer);
    this.#observer.disconnect();
    this.#visible.clear();
    this.#counts.clear();
  }

  // The latest counts of a section; undefined before the first answer.
  get(section) {
    return this.#counts.get(section);
  }

  #onIntersection({ target, isIntersecting }) {
    if (isIntersecting) this.#visible.add(target);
    else this.#visible.delete(target);
  }

  #ask() {
    if (document.visibilityState !== "visible") return;
    for (const block of this.#visible) {
      const section = block.dataset.section;
      if (section !== this.#own && block.open !== false) this.#askFor(section);
    }
  }

  async #askFor(section) {
    // The browser sends its ETag, so an unchanged section costs a 304.
    const answer = await fetch(at(`/presence?place=${encodeURIComponent(section)}`)).catch(() => null);
    if (!answer?.ok) return;
    const { states } = await answer.json();
    const state = states.find(({ topic }) => topic === section);
    if (!state || !this.#timer) return;
    this.#counts.set(section, new Map(Object.entries(state.counts)));
    this.#onChange();
  }
}
