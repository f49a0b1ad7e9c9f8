// Somebody is not in the list any more. Whether they left or went out of sight, name, face and place are gone at once: an
// empty shape fades where they were. It says "left just now" only when the numbers say that somebody left, for someone
// who is counted without a name from now on has not.

const FADE_MS = 1_000;
const WORDS_MS = 30_000;
const LATELY_MS = 3_000;
// When a whole class goes home, the list is short at once.
const SHAPES = 3;

const falls = new WeakMap();

// How far the number of all people has fallen lately and is not accounted for: it comes in a frame of its own, a little
// before or after the face goes.
export class Falls {
  #total = null;
  #open = 0;
  #at = -Infinity;

  note(total, now) {
    if (now - this.#at > LATELY_MS) this.#open = 0;
    if (this.#total !== null && total < this.#total) [this.#open, this.#at] = [this.#open + this.#total - total, now];
    this.#total = total;
  }

  // Whether so many have left.
  take(count) {
    if (this.#open < count) return false;
    this.#open -= count;
    return true;
  }
}

// `gone` are the rows of those who vanished from a panel.
export function fadeOut(panel, gone, total) {
  if (!falls.has(panel)) falls.set(panel, new Falls());
  falls.get(panel).note(total, performance.now());
  if (!gone.length) return;
  const says = falls.get(panel).take(gone.length);
  gone.forEach((row, index) => (index < SHAPES && row.checkVisibility() ? fade(row, says) : row.remove()));
}

function fade(row, says) {
  const shape = document.getElementById("left-template").content.firstElementChild.cloneNode(true);
  if (!says) shape.querySelector("p").remove();
  passFocus(row);
  row.replaceWith(shape);
  setTimeout(() => (shape.dataset.left = "over"), says ? WORDS_MS : 0);
  setTimeout(() => shape.remove(), (says ? WORDS_MS : 0) + FADE_MS);
}

// Whoever moves through the list with the keyboard stays in it.
function passFocus(row) {
  if (!row.contains(document.activeElement)) return;
  const rest = [...row.closest("[data-presence]").querySelectorAll(".person a[href]:not([hidden])")];
  const index = rest.findIndex((link) => row.contains(link));
  (rest[index + 1] ?? rest[index - 1])?.focus();
}
