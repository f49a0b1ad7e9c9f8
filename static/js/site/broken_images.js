// A face that cannot be loaded gives way to the initials that lie under it.

export function start() {
  // Errors of images do not bubble; they can be caught on the way down.
  document.addEventListener("error", ({ target }) => mark(target), { capture: true });
}

// Those that failed before this module ran.
export function arrive() {
  for (const image of document.querySelectorAll(".avatar-image[src]")) {
    if (image.complete && image.naturalWidth === 0) mark(image);
  }
}

function mark(image) {
  if (image instanceof HTMLImageElement) image.closest(".avatar")?.setAttribute("data-broken", "");
}
