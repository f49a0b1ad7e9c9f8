// Single-key shortcuts. The help dialog lists them and can turn them off, because they interfere with speech input (WCAG 2.1.4).
import { isOn } from "./browser_settings.js";
import { open as openSearch } from "./search.js";

const KEYS = new Map([
  ["/", openSearch],
  ["j", () => follow("next")],
  ["k", () => follow("prev")],
  ["p", () => togglePeople(document.getElementById("people"))],
  ["m", () => document.querySelector("[data-pointers]")?.click()],
  ["?", () => document.getElementById("help").togglePopover()],
]);

// The key on a Latin layout: "j" also with Caps Lock, and for the same key of a Cyrillic or Greek layout. Another Latin
// layout (AZERTY, Dvorak) means what it prints.
export function shortcutKey({ key, code, shiftKey }) {
  const isLatin = key.charCodeAt(0) < 0x80;
  if (isLatin) return key.length === 1 ? key.toLowerCase() : key;
  if (code === "Slash") return shiftKey ? "?" : "/";
  return code?.startsWith("Key") ? code.slice(3).toLowerCase() : key;
}

export function start() {
  // Escape hides a tooltip without moving the focus (WCAG 1.4.13).
  document.addEventListener("keydown", ({ key }) => key === "Escape" && (document.body.dataset.tips = "off"));
  document.addEventListener("focusin", showTips);
  document.addEventListener("pointerover", ({ target }) => target.closest?.(".bubble, .heads") || showTips());
  document.addEventListener("keydown", (event) => {
    const act = KEYS.get(shortcutKey(event));
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (!act || isTyping || event.altKey || event.ctrlKey || event.metaKey || !isOn("shortcuts")) return;
    event.preventDefault();
    act();
  });
}

function showTips() {
  delete document.body.dataset.tips;
}

// Opened by a key, the list takes the focus and gives it back when it closes.
function togglePeople(list) {
  if (list.togglePopover()) list.querySelector("button, a[href]")?.focus();
}

function follow(relation) {
  document.querySelector(`.step[rel="${relation}"]`)?.click();
}
