// Moves a pointer smoothly between the places that the server sends. Pure; pixels and milliseconds.
//
// Each frame covers a share of the way that is left, so it is as fast on a 144 Hz screen as on one of 60, and a place that
// comes late makes no jerk. A pointer that goes to another block of the text hops: to glide across paragraphs would point
// at words that no one meant.

export const FADE_AFTER_MS = 3_000;
const ARRIVED_PX = 0.5;

export class Glide {
  #x;
  #y;
  #target;
  #at;

  constructor(target, now) {
    this.#target = target;
    this.#at = this.#toldAt = now;
    this.#hop();
  }

  #toldAt;

  // `target` is {block, x, y}.
  aim(target, now) {
    const hops = target.block !== this.#target.block;
    this.#target = target;
    this.#toldAt = now;
    if (hops) this.#hop();
  }

  // The window was resized or scrolled: the same words are somewhere else, which is not a movement.
  place(target) {
    this.#target = target;
    this.#hop();
  }

  // Where to draw it now, when a new place comes every `every` ms.
  at(now, every) {
    const share = 1 - Math.exp(-Math.max(now - this.#at, 0) / (every / 2));
    this.#at = now;
    this.#x += (this.#target.x - this.#x) * share;
    this.#y += (this.#target.y - this.#y) * share;
    if (Math.hypot(this.#target.x - this.#x, this.#target.y - this.#y) < ARRIVED_PX) this.#hop();
    return { x: this.#x, y: this.#y };
  }

  get arrived() {
    return this.#x === this.#target.x && this.#y === this.#target.y;
  }

  isFaded(now) {
    return now - this.#toldAt >= FADE_AFTER_MS;
  }

  #hop() {
    [this.#x, this.#y] = [this.#target.x, this.#target.y];
  }
}
