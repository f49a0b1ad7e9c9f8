// Shows the initials when an avatar image cannot be loaded.

export function start() {
  // Image errors do not bubble, but they can be captured.
  document.addEventListener("error", ({ target }) => mark(target), { capture: true });
}

// Find images that failed before this module ran.
export function arrive() {
  for (const image of document.querySelectorAll(".avatar > img[src]")) {
    if (image.complete && image.naturalWidth === 0) mark(image);
  }
}

function mark(image) {
  if (image instanceof HTMLImageElement) image.closest(".avatar")?.setAttribute("data-broken", "");
}
