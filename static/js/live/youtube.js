// A video on YouTube: a click, and no sooner, makes their player. None of their scripts runs on our page.
const ORIGIN = "https://www.youtube-nocookie.com";

export function arrive(sections) {
  for (const section of sections) prepare(section);
  document.addEventListener("turbo:before-visit", loadWhole);
}

export function leave() {
  document.removeEventListener("turbo:before-visit", loadWhole);
}

// The next page must not keep the policy of this one, which allows frames.
function loadWhole(event) {
  event.preventDefault();
  location.href = event.detail.url;
}

function prepare(section) {
  const link = section.querySelector("[data-youtube]");
  link?.addEventListener("click", (event) => {
    event.preventDefault();
    const frame = document.createElement("iframe");
    frame.className = "video-embedded";
    frame.title = section.querySelector(".video-title").textContent.trim();
    frame.allow = "autoplay; fullscreen; encrypted-media; picture-in-picture";
    // Without a referrer their player shows error 153.
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.src = `${ORIGIN}/embed/${encodeURIComponent(link.dataset.youtube)}?autoplay=1`;
    section.querySelector('[data-slot="frame"]').replaceChildren(frame);
    frame.focus();
  });
}
