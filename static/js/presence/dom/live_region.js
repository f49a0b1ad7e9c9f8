// Writes announcements into the page's one ARIA live region, and clears them when a name must disappear.
import { isOn } from "../../site/browser_settings.js";
import { Announcer } from "../model/announcements.js";
import { setText } from "./person_row.js";

const announcer = new Announcer();
let timer;

// Drop the announcement that is waiting.
export function cancelAnnouncement() {
  clearTimeout(timer);
}

export function announce(view) {
  cancelAnnouncement();
  const region = document.querySelector("[data-aloud]");
  const { me, groups, sizes } = view;
  const others = (groups.get("same lesson") ?? []).filter(({ key }) => key !== me.key);
  const size = sizes.get("same lesson") - (me.visibility === "hidden" ? 0 : 1);
  const { sentence, wait, isStale } = announcer.update(me.place, others, size, performance.now());
  if (isStale || !isOn("announcements")) setText(region, "");
  else if (sentence) setText(region, sentence);
  if (wait) timer = setTimeout(announce, wait, view);
}
