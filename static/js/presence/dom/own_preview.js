// The account page shows what others see of its owner. Whenever presence has news, the server is asked for that part
// anew: only there the privacy filter can tell, and it also knows whoever is too far down a crowd to be listed here.
import { fillSince } from "./person_row.js";

const PAUSE_MS = 400;

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
  due = setTimeout(refresh, PAUSE_MS);
}

async function refresh() {
  due = null;
  const seen = document.querySelector("[data-seen]");
  if (!seen) return;
  const answer = await fetch(seen.dataset.seen).catch(() => null);
  if (!answer?.ok || answer.redirected || !seen.isConnected) return;
  const text = await answer.text();
  // Writing the same again would make a face flicker.
  if (text === shown && seen.dataset.fresh !== undefined) return;
  shown = text;
  const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-seen]");
  fresh.dataset.fresh = "";
  fillSince(fresh, Date.now() / 1000);
  seen.replaceWith(fresh);
}
