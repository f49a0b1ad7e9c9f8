// Draws the others: an arrow with a name where someone points, a small face in the margin where someone reads, and how many
// are above or below the window. It lies over the text, takes no clicks and is nothing to screen readers.
import { fillAvatar, fillFlag, makeAvatar, makePerson, setText, slot } from "../../presence/dom/person_row.js";
import { elementOf } from "../../site/markup.js";
import { outOfView } from "../anchor.js";
import { Glide } from "../glide.js";

const READER_PX = 30;
const CALM_MS = 2_000;
const ARROW = `<span class="arrow"><svg class="arrow-shape" viewBox="0 0 24 24" focusable="false"><path d="M4.500 3.500l6 17.500 2.600-7.400 7.400-2.600z"/></svg><span class="arrow-label"><bdi data-slot="name"></bdi></span></span>`;
const READER = '<span class="reader">';
const EDGE = '<button class="edge" type="button">';

export class Layer {
  #places;
  #layer;
  #edges;
  #shown = new Map();
  #every = 100;
  #frame = null;
  #listeners = new AbortController();
  #resizes;

  constructor(article, places) {
    this.#places = places;
    this.#layer = Object.assign(document.createElement("div"), { className: "pointer-layer", inert: true });
    this.#layer.setAttribute("aria-hidden", "true");
    article.append(this.#layer);
    this.#edges = { above: this.#edge("above"), below: this.#edge("below") };
    const { signal } = this.#listeners;
    addEventListener("scroll", () => this.#draw(), { signal, passive: true });
    addEventListener("resize", () => this.#placeAll(), { signal });
    document.addEventListener("focusin", () => this.#draw(), { signal });
    this.#resizes = new ResizeObserver(() => this.#placeAll());
    this.#resizes.observe(article);
  }

  remove() {
    this.#listeners.abort();
    this.#resizes.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#layer.remove();
    for (const edge of Object.values(this.#edges)) edge.remove();
  }

  set every(every) {
    this.#every = every;
  }

  // Someone is at an anchor, or (null) no longer anywhere.
  put(slotOf, face, anchor) {
    if (!anchor || !this.#places.find(anchor)) return this.drop(slotOf);
    const one = this.#shown.get(slotOf) ?? this.#make(slotOf);
    one.face = face;
    one.anchor = anchor;
    one.pointing = anchor.length === 4;
    const now = performance.now();
    const target = this.#target(anchor);
    if (one.glide) one.glide.aim(target, now);
    else one.glide = new Glide(target, now);
    this.#fill(one);
    this.#draw();
  }

  drop(slotOf) {
    const one = this.#shown.get(slotOf);
    if (!one) return;
    one.arrow.remove();
    one.reader.remove();
    this.#shown.delete(slotOf);
    this.#draw();
  }

  get slots() {
    return [...this.#shown.keys()];
  }

  #make(slotOf) {
    const one = { arrow: elementOf(ARROW), reader: elementOf(READER), movedAt: -Infinity };
    one.reader.append(makeAvatar());
    one.arrow.lastElementChild.append(slot(makePerson(), "flag"));
    this.#layer.append(one.reader, one.arrow);
    this.#shown.set(slotOf, one);
    return one;
  }

  // Someone anonymous is a pointer without a name.
  #fill({ arrow, reader, face }) {
    setText(slot(arrow, "name"), face?.name ?? "someone");
    fillFlag(slot(arrow, "flag"), face?.flag ?? "");
    fillAvatar(reader.querySelector(".avatar"), face ?? { key: "0", name: "?", avatar: "", role: "learner" }, face?.name ?? "someone");
  }

  // Relative to the layer, so that all scrolls with the text.
  #target(anchor) {
    const at = this.#places.find(anchor);
    const origin = this.#layer.getBoundingClientRect();
    return { block: at.block, x: at.x - origin.left, y: at.y - origin.top };
  }

  #placeAll() {
    for (const [slotOf, one] of this.#shown) {
      if (this.#places.find(one.anchor)) one.glide.place(this.#target(one.anchor));
      else this.drop(slotOf);
    }
    this.#draw();
  }

  #draw() {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.#drawNow();
    });
  }

  #drawNow() {
    const now = performance.now();
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    let isMoving = false;
    const taken = new Map();
    for (const one of this.#shown.values()) {
      const { x, y } = one.glide.at(now, this.#every);
      const hidesArrow = isCalm || !one.pointing || one.glide.isFaded(now) || this.#every > 1_000 || covers(one.arrow);
      one.arrow.hidden = hidesArrow;
      if (!hidesArrow) {
        move(one.arrow, x, y);
        turn(one.arrow, x + one.arrow.offsetWidth > this.#layer.clientWidth);
      }
      this.#drawReader(one, now, isCalm, taken);
      isMoving ||= !one.glide.arrived || !hidesArrow;
    }
    this.#drawEdges();
    if (isMoving) this.#draw();
  }

  // In the margin, or at the end of the lines where there is none; faces at one block stand below each other. With reduced motion they move at most once in two seconds.
  #drawReader(one, now, isCalm, taken) {
    const [block] = one.anchor;
    const before = taken.get(block) ?? 0;
    taken.set(block, before + 1);
    const place = `${block}/${before}`;
    if (one.place === place && one.y === this.#top(block)) return;
    if (isCalm && now - one.movedAt < CALM_MS) return;
    Object.assign(one, { place, y: this.#top(block), movedAt: now });
    const { left, width } = this.#layer.getBoundingClientRect();
    move(one.reader, left >= READER_PX ? -READER_PX : width - READER_PX / 2, one.y + before * READER_PX);
  }

  #top(block) {
    return this.#target([block]).y;
  }

  #drawEdges() {
    const heights = [...this.#shown.values()].map(({ anchor }) => this.#places.find(anchor)?.y ?? 0);
    const { above, below } = outOfView(heights, innerHeight);
    show(this.#edges.above, above, "further up");
    show(this.#edges.below, below, "further down");
  }

  #edge(name) {
    const edge = elementOf(EDGE);
    edge.dataset.edge = name;
    edge.hidden = true;
    edge.addEventListener("click", () => this.#go(name));
    document.body.append(edge);
    return edge;
  }

  // To the nearest one out of sight.
  #go(name) {
    const places = [...this.#shown.values()].map(({ anchor }) => this.#places.find(anchor)).filter(Boolean);
    const out = places.filter(({ y }) => (name === "above" ? y < 0 : y >= innerHeight)).sort((a, b) => a.y - b.y);
    const nearest = name === "above" ? out.at(-1) : out[0];
    if (nearest) scrollBy({ top: nearest.y - innerHeight / 3 });
  }
}

// The strict policy allows no style attribute in HTML; setting properties by script is allowed.
function move(element, x, y) {
  element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
}

function turn(arrow, isTurned) {
  if (arrow.hasAttribute("data-turned") !== isTurned) arrow.toggleAttribute("data-turned", isTurned);
}

function show(edge, n, words) {
  setText(edge, `${n} ${words}`);
  if (edge.hidden !== (n === 0)) edge.hidden = n === 0;
}

// Whether an arrow lies over the control that has the focus.
function covers(arrow) {
  const focused = document.activeElement;
  if (!focused || focused === document.body || !focused.matches("a, button, input, select, textarea, summary")) return false;
  const [a, b] = [arrow.getBoundingClientRect(), focused.getBoundingClientRect()];
  return a.width > 0 && a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}
