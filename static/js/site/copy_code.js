// Adds a copy button to each code block.

import { icon, nodesOf, withIcons } from "./markup.js";

const CONFIRM_MS = 2_000;
const BUTTON = `<button class="copy" type="button">${icon("copy")}<span data-slot="copy" role="status">Copy</span></button>`;

export function arrive() {
  if (!navigator.clipboard) return;
  for (const block of document.querySelectorAll(".prose pre")) {
    if (!block.closest(".code")) wrap(block);
  }
}

export function start() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest(".copy");
    if (button) copy(button);
  });
}

function wrap(block) {
  const frame = document.createElement("div");
  frame.className = "code";
  block.replaceWith(frame);
  frame.append(block, withIcons(nodesOf(BUTTON)));
}

async function copy(button) {
  const words = button.querySelector("[data-slot=copy]");
  const text = button.closest(".code").querySelector("code").textContent;
  words.textContent = await navigator.clipboard.writeText(text).then(() => "Copied", () => "Not copied");
  setTimeout(() => (words.textContent = "Copy"), CONFIRM_MS);
}
