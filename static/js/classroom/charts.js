// The plots are drawn by the server, which has the numbers of the past; now and then they are asked for anew.
import { keepFocus } from "../site/keep_focus.js";

export async function refreshPlots(plots) {
  const answer = await fetch(plots.dataset.plots).catch(() => null);
  if (!answer?.ok || answer.redirected || !plots.isConnected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-plots]");
  if (!fresh) return;
  // Whoever reads the tables goes on reading.
  fresh.querySelector("details")?.toggleAttribute("open", plots.querySelector("details").open);
  keepFocus(plots, () => plots.replaceWith(fresh), () => fresh.querySelectorAll("summary"));
}
