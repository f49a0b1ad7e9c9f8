// Remembers the last lesson of each course in this browser, and points the course's "Continue" links at it.
//
// A sign-out clears what was remembered while signed in, so the next user of the browser does not see it.
import { sentence } from "../presence/model/sentences.js";

const PREFIX = "last-lesson";

export function start() {
  document.addEventListener("presence:signed-out", clear);
}

export function arrive() {
  const { place, signedIn } = document.body.dataset;
  if (signedIn === undefined) clear();
  if (document.querySelector(".lesson")) remember(place.split("/")[0], currentOrNext(place));
  for (const link of document.querySelectorAll("[data-continue]")) fill(link, recall(link.dataset.continue));
}

// After a finished lesson the next one is where to continue.
function currentOrNext(place) {
  const next = document.querySelector(".article-done") && document.querySelector(".step[rel=next]");
  if (next) return { place: document.body.dataset.after, url: next.getAttribute("href"), title: next.querySelector(".step-title").textContent };
  return { place, url: location.pathname, title: document.querySelector("h1").textContent };
}

function fill(link, lesson) {
  if (!lesson) return;
  link.href = lesson.url;
  link.querySelector("[data-slot=continue]").textContent = sentence("continue", lesson);
  link.parentElement.querySelector("[data-there]").dataset.there = lesson.place;
}

function keyOf(course) {
  return `${PREFIX} ${document.body.dataset.signedIn === undefined ? "guest" : "member"} ${course}`;
}

function remember(course, lesson) {
  try {
    localStorage.setItem(keyOf(course), JSON.stringify(lesson));
  } catch {
    // Without storage the server's suggestion stays.
  }
}

function recall(course) {
  try {
    return JSON.parse(localStorage.getItem(keyOf(course)));
  } catch {
    return null;
  }
}

function clear() {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(`${PREFIX} member `)) localStorage.removeItem(key);
  } catch {
    // Nothing was stored.
  }
}
