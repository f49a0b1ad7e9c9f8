// Says what announcer.js has to say into the page's one live region, and takes it back when a name must go.
import { isOn } from "../../site/browser_settings.js";
import { Announcer } from "../model/announcements.js";
import { setText } from "./person_row.js";

const announcer = new Announcer();
let timer;

// What waited to be said is not said any more.
export function hush() {
  clearTimeout(timer);
}

export function tellAloud(view) {
  hush();
  const region = document.querySelector("[data-aloud]");
  const { me, groups, sizes } = view;
  const others = (groups.get("same lesson") ?? []).filter(({ key }) => key !== me.key);
  const size = sizes.get("same lesson") - (me.visibility === "hidden" ? 0 : 1);
  const { sentence, wait, isStale } = announcer.look(me.place, others, size, performance.now());
  if (isStale || !isOn("announcements")) setText(region, "");
  else if (sentence) setText(region, sentence);
  if (wait) timer = setTimeout(tellAloud, wait, view);
}
