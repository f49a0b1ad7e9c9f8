// The parts of a page that show presence, wherever it has them.
import { arrive as settleLists } from "../../site/roving_tabindex.js";
import { hush, tellAloud } from "./live_region.js";
import { fillAsking } from "./study_status.js";
import { fillBubble } from "./bubble.js";
import { fillSince, setData, setHidden, setText, slot } from "./person_row.js";
import { fillHeads } from "./place_counts.js";
import { isCounted } from "../model/group_sizes.js";
import { fillPanel } from "./people_panel.js";
import { classOf, STUDYING, TROUBLE, WORD_OF_TROUBLE } from "../model/text.js";

let troubled = false;

export function showView(view) {
  each("[data-bubble]", (bubble) => fillBubble(bubble, view));
  each("[data-presence]", (panel) => fillPanel(panel, view));
  each("[data-class]", (line) => setText(line, classOf(view.inCourse, view.near, isCounted(view.me))));
  each("[data-asking]", (block) => fillAsking(block, view));
  each('[data-slot="alone"]', (line) => setHidden(line, view.others > 0));
  fillHeads(document, view.people, view.at);
  settleLists();
  if (!troubled) tellAloud(view);
}

// `trouble` is {name, sentence} or null. The faces stay, greyed by the stylesheet.
export function showTrouble(trouble, isLive) {
  const state = trouble ? trouble.name.replace(" ", "-") : isLive ? "live" : "painted";
  setData(document.body, { presenceState: state });
  const sentence = trouble ? sentenceOf(trouble) : "";
  if (trouble) hush();
  if (sentence || troubled) each("[data-aloud]", (region) => setText(region, sentence));
  troubled = Boolean(trouble);
  each("[data-bubble]", (bubble) => setText(slot(bubble, "words"), WORD_OF_TROUBLE.get(trouble?.name) ?? STUDYING));
  each("[data-presence]", (panel) => {
    setData(panel, { state });
    setHidden(slot(panel, "summary"), Boolean(trouble));
    if (trouble) setHidden(slot(panel, "alone"), true);
    setHidden(slot(panel, "trouble"), !trouble);
    setHidden(slot(panel, "trouble-link"), trouble?.name !== "signed out");
    setText(slot(panel, "trouble-text"), sentence);
  });
}

export function showNotes({ visibility }) {
  each("[data-note]", (note) => setHidden(note, note.dataset.note !== visibility));
  each("[data-asking]", (block) => setHidden(block, visibility !== "everyone"));
}

export function showMinute() {
  fillSince(document, Date.now() / 1000);
}

// Nobody's name stays, in whatever corner of the page.
export function clearFaces() {
  each(".person, .avatar[data-key]", (element) => element.remove());
  each('[data-slot="names"], [data-slot="ahead-name"], [data-slot="ahead-place"], .pile-more', (element) => setText(element, ""));
  each('.group, .asking, [data-slot="ahead"]', (element) => setHidden(element, true));
}

function sentenceOf({ name, sentence }) {
  return sentence ? `${sentence} ${TROUBLE.get(name)}` : TROUBLE.get(name);
}

function each(selector, act) {
  document.querySelectorAll(selector).forEach(act);
}
