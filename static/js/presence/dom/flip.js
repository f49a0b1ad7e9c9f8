// Lets the parts of the panel and of the contents glide to their new places instead of jumping, so nothing shifts under the reader.
//
// It is the FLIP technique (First, Last, Invert, Play; Paul Lewis 2015): measure, change, move everything back by a
// transform, and take the transform away slowly. Each change adds a glide of its own to those that are under way, so they
// finish on time however often the list changes. Without motion, the parts are moved at once.

const PARTS = "[data-presence] > *, .group, .group-title, .person:not([data-beyond]), .more, .group-rest, .contents-section, .contents ol > li";
const GLIDE_MS = 320;
const LEAST_PX = 1;

// Call `change()`, which may move, add and remove parts of `root`.
export function flip(root, change) {
  if (!root.checkVisibility() || matchMedia("(prefers-reduced-motion: reduce)").matches) return change();
  const before = topsOf(root);
  change();
  const moved = new Map();
  for (const [part, top] of topsOf(root)) moved.set(part, before.has(part) ? before.get(part) - top : 0);
  for (const [part, by] of moved) glide(part, by - movedWith(part, moved));
}

// Where the parts are seen now: the glides under way move them too, before the change as after it.
function topsOf(root) {
  const shown = [...root.querySelectorAll(PARTS)].filter((part) => part.checkVisibility());
  return new Map(shown.map((part) => [part, part.getBoundingClientRect().top]));
}

// By how much the part around this one is moved, and this one with it.
function movedWith(part, moved) {
  const around = part.parentElement.closest(PARTS);
  return moved.get(around) ?? 0;
}

function glide(part, by) {
  if (Math.abs(by) < LEAST_PX) return;
  const options = { id: "flip", duration: GLIDE_MS, easing: "ease-out", composite: "add" };
  part.animate([{ transform: `translateY(${by}px)` }, { transform: "translateY(0)" }], options);
}
