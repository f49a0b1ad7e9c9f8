// Keeps the page when a link is followed offline: one sentence instead of the browser's error page.
//
// Turbo turns a failed request into a full load, which would replace what the user is reading.
import { sentence } from "../presence/model/sentences.js";

const SHOWN_MS = 8_000;

let timeout;

export function start() {
  addEventListener("online", hide);
  for (const event of ["turbo:before-visit", "turbo:submit-start"]) document.addEventListener(event, stay);
  document.addEventListener("turbo:fetch-request-error", (event) => {
    event.preventDefault();
    show();
  });
}

function stay(event) {
  if (navigator.onLine) return;
  event.preventDefault();
  event.detail.formSubmission?.stop();
  show();
}

function show() {
  const note = document.querySelector("[data-offline-note]");
  note.textContent = sentence("offline_visit");
  note.hidden = false;
  // Turbo marked the page as busy when the visit began.
  document.documentElement.removeAttribute("aria-busy");
  clearTimeout(timeout);
  timeout = setTimeout(hide, SHOWN_MS);
}

function hide() {
  clearTimeout(timeout);
  document.querySelector("[data-offline-note]").hidden = true;
}
