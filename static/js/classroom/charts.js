// Reloads the charts from the server, which keeps the history and draws them.
import { keepFocus } from "../site/keep_focus.js";

export async function refreshCharts(plots) {
  const answer = await fetch(plots.dataset.plots).catch(() => null);
  if (!answer?.ok || answer.redirected || !plots.isConnected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-plots]");
  if (!fresh) return;
  // Keep the tables open while the user reads them.
  fresh.querySelector("details")?.toggleAttribute("open", plots.querySelector("details").open);
  keepFocus(plots, () => plots.replaceWith(fresh), () => fresh.querySelectorAll("summary"));
}
