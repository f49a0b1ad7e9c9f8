// The theme button. Without a choice the system's setting applies; theme-early.js applies a choice before the first paint.

export function arrive() {
  for (const button of document.querySelectorAll("[data-theme-button]")) button.setAttribute("aria-pressed", current() === "dark");
}

export function start() {
  document.addEventListener("click", ({ target }) => target.closest("[data-theme-button]") && toggle());
}

function toggle() {
  const theme = current() === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // Without storage the choice lasts until the next full load.
  }
  arrive();
}

function current() {
  return document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}
