// The behaviours of the site, each a module. `start` runs once, `arrive` on every page that Turbo brings.
import { letGo } from "./site/turbo_csp.js";
import * as Turbo from "../vendor/turbo/turbo.es2017-esm.js";
import * as copyCode from "./site/copy_code.js";
import * as brokenImages from "./site/broken_images.js";
import { Page } from "./presence/page.js";
import { toggleGroup } from "./presence/dom/people_panel.js";
import * as rovingTabindex from "./site/roving_tabindex.js";
import * as sampleUsers from "./site/sample_users.js";
import * as ownPreview from "./presence/dom/own_preview.js";
import * as browserSettings from "./site/browser_settings.js";
import * as keyboardShortcuts from "./site/keyboard_shortcuts.js";
import * as theme from "./site/theme.js";

// The longest that a timer can be told. Turbo's progress bar has no style here; base.css shows that a page is on its way.
const NEVER_MS = 2 ** 31 - 1;

letGo();
Turbo.config.drive.progressBarDelay = NEVER_MS;

const page = new Page();
for (const behaviour of [copyCode, brokenImages, rovingTabindex, sampleUsers, ownPreview, browserSettings, keyboardShortcuts, theme]) behaviour.start();
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
  for (const behaviour of [copyCode, brokenImages, rovingTabindex, ownPreview, browserSettings, theme]) behaviour.arrive();
}

// turbo:render comes before the new page is painted, turbo:load also on the first page.
document.addEventListener("turbo:render", arrive);
document.addEventListener("turbo:load", arrive);
