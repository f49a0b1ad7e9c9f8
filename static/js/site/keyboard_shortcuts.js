// Single keys, which the help dialog lists and where they can be turned off: they get in the way of speech input.
import { isOn } from "./browser_settings.js";

const KEYS = new Map([
  ["j", () => follow("next")],
  ["k", () => follow("prev")],
  ["p", () => togglePeople(document.getElementById("people"))],
  ["?", () => document.getElementById("help").togglePopover()],
]);

export function start() {
  // What shows on focus can be put away without moving the focus.
  document.addEventListener("keydown", ({ key }) => key === "Escape" && (document.body.dataset.tips = "off"));
  document.addEventListener("focusin", () => delete document.body.dataset.tips);
  document.addEventListener("keydown", (event) => {
    const act = KEYS.get(event.key);
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (!act || isTyping || event.altKey || event.ctrlKey || event.metaKey || !isOn("shortcuts")) return;
    event.preventDefault();
    act();
  });
}

// It stands before the lesson: whoever opens it by a key is in it, and back where they were when it closes.
function togglePeople(list) {
  if (list.togglePopover()) list.querySelector("button, a[href]")?.focus();
}

function follow(relation) {
  document.querySelector(`.step[rel="${relation}"]`)?.click();
}
