// The behaviours of the site, each a module. `start` runs once, `arrive` on every page that Turbo brings.
import { letGo } from "./turbo-unstyled.js";
import * as Turbo from "../vendor/turbo/turbo.es2017-esm.js";
import * as copying from "./copying.js";
import * as images from "./images.js";
import { Page } from "./presence/page.js";
import { toggleGroup } from "./presence/panel.js";
import * as roving from "./roving.js";
import * as samples from "./samples.js";
import * as seen from "./seen.js";
import * as settings from "./settings.js";
import * as shortcuts from "./shortcuts.js";
import * as theme from "./theme.js";

// The longest that a timer can be told. Turbo's progress bar has no style here; base.css shows that a page is on its way.
const NEVER_MS = 2 ** 31 - 1;

letGo();
Turbo.config.drive.progressBarDelay = NEVER_MS;

const page = new Page();
for (const behaviour of [copying, images, roving, samples, seen, settings, shortcuts, theme]) behaviour.start();
page.start();

document.addEventListener("click", ({ target }) => {
  const more = target.closest('[data-slot="more"]');
  if (more) toggleGroup(more);
  const say = target.closest("[data-say]");
  if (say) page.ask(say.dataset.say, say.getAttribute("aria-pressed") === "true");
});
// What signed-in people saw must not come back with the back button, nor whoever they were before a choice in another tab.
for (const event of ["presence:signed-out", "presence:identified"]) document.addEventListener(event, () => Turbo.cache.clear());
// Nor what was said for a moment: who has just left, and that something is saved.
document.addEventListener("turbo:before-cache", () => document.querySelectorAll(".person[data-left], .flash").forEach((one) => one.remove()));

function arrive() {
  page.arrive();
  for (const behaviour of [copying, images, roving, seen, settings, theme]) behaviour.arrive();
}

// turbo:render comes before the new page is painted, turbo:load also on the first page.
document.addEventListener("turbo:render", arrive);
document.addEventListener("turbo:load", arrive);
