// Entry point: one module per behaviour. `start` runs once, `arrive` after each page that Turbo renders.
import { restoreInsertBefore } from "./site/turbo_csp.js";
import * as Turbo from "../vendor/turbo/turbo.es2017-esm.js";
import * as copyCode from "./site/copy_code.js";
import * as brokenImages from "./site/broken_images.js";
import { Page } from "./presence/page.js";
import { toggleGroup } from "./presence/dom/people_panel.js";
import * as rovingTabindex from "./site/roving_tabindex.js";
import * as sampleUsers from "./site/sample_users.js";
import * as ownPreview from "./presence/dom/own_preview.js";
import * as popovers from "./site/popovers.js";
import * as browserSettings from "./site/browser_settings.js";
import * as lastLesson from "./site/last_lesson.js";
import * as keyboardShortcuts from "./site/keyboard_shortcuts.js";
import * as search from "./site/search.js";
import * as offlineVisits from "./site/offline_visits.js";
import * as openSections from "./site/open_sections.js";
import * as pageFocus from "./site/page_focus.js";
import * as shrinkPicture from "./site/shrink_picture.js";
import * as theme from "./site/theme.js";
import * as liveFeatures from "./site/live_features.js";

// The longest delay that setTimeout takes. Turbo's progress bar is unstyled here; base.css shows that a page is loading.
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

restoreInsertBefore();
Turbo.config.drive.progressBarDelay = LONGEST_TIMEOUT_MS;

const page = new Page();
for (const behaviour of [copyCode, brokenImages, rovingTabindex, sampleUsers, ownPreview, browserSettings, keyboardShortcuts, search, shrinkPicture, lastLesson, offlineVisits, openSections, pageFocus, theme]) behaviour.start();
page.start();

document.addEventListener("click", ({ target }) => {
  const more = target.closest('[data-slot="more"]');
  if (more) toggleGroup(more);
  const status = target.closest("[data-say]");
  if (status) page.setStudyStatus(status.dataset.say, status.getAttribute("aria-pressed") === "true");
});
// The back button must not bring back what a user saw while signed in, or who they were before a change in another tab.
for (const event of ["presence:signed-out", "presence:identified"]) document.addEventListener(event, () => Turbo.cache.clear());
// Cached pages keep no short-lived messages: who just left, and that something was saved.
document.addEventListener("turbo:before-cache", () => document.querySelectorAll(".person[data-left], .flashes .flash").forEach((one) => one.remove()));

function arrive() {
  liveFeatures.leave();
  page.arrive();
  liveFeatures.arrive(page.rooms);
  for (const behaviour of [copyCode, brokenImages, rovingTabindex, ownPreview, popovers, browserSettings, lastLesson, openSections, theme]) behaviour.arrive();
}

// turbo:render fires before the new page is painted, also for a refused form; turbo:load also fires for the first page.
for (const event of ["turbo:render", "turbo:load"]) {
  document.addEventListener(event, () => {
    arrive();
    pageFocus.arrive();
  });
}
