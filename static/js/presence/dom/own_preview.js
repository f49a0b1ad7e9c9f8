// The account page's preview of what others see of the user. Reloaded from the server on each presence update: only the
// server has the privacy filter, and this page may not list the user in a crowd.
import { fillSince } from "./person_row.js";

const DEBOUNCE_MS = 400;

let due = null;
let shown = "";

export function start() {
  document.addEventListener("presence:news", refreshSoon);
  document.addEventListener("visibilitychange", refreshSoon);
}

export function arrive() {
  refreshSoon();
}

function refreshSoon() {
  if (due || document.visibilityState === "hidden" || !document.querySelector("[data-seen]")) return;
  due = setTimeout(refresh, DEBOUNCE_MS);
}

async function refresh() {
  due = null;
  const seen = document.querySelector("[data-seen]");
  if (!seen) return;
  const answer = await fetch(seen.dataset.seen).catch(() => null);
  if (!answer?.ok || answer.redirected || !seen.isConnected) return;
  const text = await answer.text();
  // Replacing identical markup would make the avatar flicker.
  if (text === shown && seen.dataset.fresh !== undefined) return;
  shown = text;
  const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-seen]");
  fresh.dataset.fresh = "";
  fillSince(fresh, Date.now() / 1000);
  seen.replaceWith(fresh);
}
