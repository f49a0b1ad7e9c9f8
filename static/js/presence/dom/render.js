// Renders the view model into every part of the page that shows presence.
import { at } from "../../site/root.js";
import { elementOf, icon, withIcons } from "../../site/markup.js";
import { sentence } from "../model/sentences.js";
import { arrive as updateTabStops } from "../../site/roving_tabindex.js";
import { cancelAnnouncement, announce } from "./live_region.js";
import { fillStudyStatus } from "./study_status.js";
import { fillBubble } from "./bubble.js";
import { flip } from "./flip.js";
import { fillSince, setData, setHidden, setText, slot } from "./person_row.js";
import { fillPlaceCounts } from "./place_counts.js";
import { isCounted } from "../model/group_sizes.js";
import { fillPeopleThere } from "./people_there.js";
import { fillPanel } from "./people_panel.js";
import { bubbleWords, courseSummary, troubleText } from "../model/text.js";

let troubled = false;

export function showView(view) {
  each("[data-bubble]", (bubble) => fillBubble(bubble, view));
  each("[data-presence]", (panel) => fillPanel(panel, view));
  each("[data-class]", (line) => setText(line, courseSummary(view.inCourse, view.near, isCounted(view.me))));
  each("[data-asking]", (block) => fillStudyStatus(block, view));
  each('.class [data-slot="alone"]', (line) => setHidden(line, view.others > 0));
  fillPlaceCounts(document, view.people, view.at);
  fillPeopleThere(document, view);
  updateTabStops();
  if (!troubled) announce(view);
}

// `trouble` is {name, sentence} or null. Faces stay; the stylesheet greys them.
export function showTrouble(trouble, isLive) {
  const state = trouble ? trouble.name.replace(" ", "-") : isLive ? "live" : "painted";
  setData(document.body, { presenceState: state });
  const sentence = trouble ? troubleText(trouble) : "";
  if (trouble) cancelAnnouncement();
  if (sentence || troubled) each("[data-aloud]", (region) => setText(region, sentence));
  troubled = Boolean(trouble);
  each("[data-bubble]", (bubble) => setText(slot(bubble, "words"), bubbleWords(trouble)));
  each("[data-presence]", (panel) => flip(panel, () => fillTrouble(panel, trouble, state, sentence)));
}

function fillTrouble(panel, trouble, state, sentence) {
  setData(panel, { state });
  setHidden(slot(panel, "summary"), Boolean(trouble));
  if (trouble) setHidden(slot(panel, "alone"), true);
  setHidden(slot(panel, "trouble"), !trouble);
  setHidden(slot(panel, "trouble-link"), trouble?.name !== "signed out");
  setText(slot(panel, "trouble-text"), sentence);
}

export function showNotes({ visibility, place }) {
  each("[data-presence]", (panel) => {
    panel.querySelector("[data-note]")?.remove();
    if (visibility && visibility !== "everyone") slot(panel, "trouble").after(makeNote(visibility, place));
  });
  each("[data-asking]", (block) => setHidden(block, visibility !== "everyone"));
}

function makeNote(visibility, place) {
  const words = [`note_${visibility}`, ...(place.split("/").length === 3 ? ["note_help"] : [])].map((name) => sentence(name)).join(" ");
  const note = withIcons(elementOf(`<p class="presence-note">${icon("unseen")}<span>${words} <a>Change</a></span></p>`));
  note.dataset.note = visibility;
  note.querySelector("a").href = at("/account");
  return note;
}

export function showMinute() {
  fillSince(document, Date.now() / 1000);
}

// Remove every name and face from the page.
export function clearPeople() {
  each(".person, .avatar[data-key]", (element) => element.remove());
  each('[data-there], .tip, [data-slot="ahead-name"], [data-slot="ahead-place"]', (element) => setText(element, ""));
  each('.group, .asking, [data-slot="ahead"]', (element) => setHidden(element, true));
}

function each(selector, act) {
  document.querySelectorAll(selector).forEach(act);
}
