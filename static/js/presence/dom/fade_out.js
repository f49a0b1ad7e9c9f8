// Fades out the row of a person who left or became hidden. Name, face and place go immediately and an empty shape fades in
// their place. It says "left just now" only if the total fell too: a person who became anonymous has not left.
import { elementOf } from "../../site/markup.js";
import { flip } from "./flip.js";

const FADE_MS = 1_000;
const LABEL_MS = 8_000;
const RECENT_MS = 3_000;
// When a whole class leaves at once, show only a few shapes.
const SHAPES = 3;

const SHAPE = `<li class="person" data-left><span><span class="avatar"></span></span><p>left just now</p></li>`;

const departures = new WeakMap();

// Counts recent decreases of the total that no removed row explains yet. The total arrives in its own frame, shortly before
// or after the row goes.
export class DepartureCount {
  #total = null;
  #open = 0;
  #at = -Infinity;

  record(total, now) {
    if (now - this.#at > RECENT_MS) this.#open = 0;
    if (this.#total !== null && total < this.#total) [this.#open, this.#at] = [this.#open + this.#total - total, now];
    this.#total = total;
  }

  // Claim `count` departures; false if fewer have been recorded.
  take(count) {
    if (this.#open < count) return false;
    this.#open -= count;
    return true;
  }
}

// `gone` are the rows that no longer belong in a panel.
export function fadeOut(panel, gone, total) {
  if (!departures.has(panel)) departures.set(panel, new DepartureCount());
  departures.get(panel).record(total, performance.now());
  if (!gone.length) return;
  const hasLeft = departures.get(panel).take(gone.length);
  gone.forEach((row, index) => (index < SHAPES && row.checkVisibility() ? fade(row, hasLeft) : row.remove()));
}

function fade(row, hasLeft) {
  const shape = elementOf(SHAPE);
  if (!hasLeft) shape.querySelector("p").remove();
  moveFocus(row);
  const panel = row.closest("[data-presence]");
  row.replaceWith(shape);
  setTimeout(() => (shape.dataset.left = "over"), hasLeft ? LABEL_MS : 0);
  setTimeout(() => flip(panel, () => shape.remove()), (hasLeft ? LABEL_MS : 0) + FADE_MS);
}

// Keep the keyboard focus in the list: move it to the next row.
function moveFocus(row) {
  if (!row.contains(document.activeElement)) return;
  const rest = [...row.closest("[data-presence]").querySelectorAll(".person a[href]:not([hidden])")];
  const index = rest.findIndex((link) => row.contains(link));
  (rest[index + 1] ?? rest[index - 1])?.focus();
}
