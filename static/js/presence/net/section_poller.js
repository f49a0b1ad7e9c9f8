// The numbers of sections that I am not in: no topic of mine tells them, so they are asked for while they can be seen.

const EVERY_MS = 10_000;

export class Sections {
  #counts = new Map();
  #visible = new Set();
  #observer;
  #timer;
  #own = "";
  #changed;

  constructor(changed) {
    this.#changed = changed;
    this.#observer = new IntersectionObserver((entries) => entries.forEach((entry) => this.#seen(entry)));
  }

  // Watch the blocks of this page; `own` is the section whose numbers come over the socket.
  watch(root, own) {
    this.stop();
    this.#own = own;
    for (const block of root.querySelectorAll("[data-section]")) this.#observer.observe(block);
    this.#timer = setInterval(() => this.#ask(), EVERY_MS);
  }

  stop() {
    clearInterval(this.#timer);
    this.#observer.disconnect();
    this.#visible.clear();
    this.#counts.clear();
  }

  // The counts of a section as last heard; undefined before the first answer.
  get(section) {
    return this.#counts.get(section);
  }

  #seen({ target, isIntersecting }) {
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
    // The browser sends the ETag it has by itself, and an unchanged section costs a 304.
    const answer = await fetch(`/presence?place=${encodeURIComponent(section)}`).catch(() => null);
    if (!answer?.ok) return;
    const { states } = await answer.json();
    const state = states.find(({ topic }) => topic === section);
    if (!state || !this.#timer) return;
    this.#counts.set(section, new Map(Object.entries(state.counts)));
    this.#changed();
  }
}
