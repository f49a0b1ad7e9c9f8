// The study status buttons on a lesson, and the line below them.
import { hasFinished } from "../model/peer_help.js";
import { setHidden, setText, slot } from "./person_row.js";
import { titleOf, urlOf } from "../net/place_titles.js";
import { sentence } from "../model/sentences.js";

// `view.company` is {says, error, helper}: my status here, why it could not be set, and who could help.
export function fillStudyStatus(block, { me, company: { says, error, helper } }) {
  setHidden(block, me.visibility !== "everyone");
  for (const button of block.querySelectorAll("[data-say]")) {
    const pressed = String(button.dataset.say === says);
    if (button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
  }
  setText(slot(block, "asked"), error || (says ? sentence("status_set") : ""));
  fillHelper(slot(block, "ahead"), me, says === "stuck here" ? helper : null);
}

function fillHelper(line, me, person) {
  if (!line) return;
  setHidden(line, !person);
  if (!person) return;
  const place = hasFinished(me, person) ? me.place : me.after;
  setText(slot(line, "ahead-name"), person.name);
  setText(slot(line, "ahead-place"), place === me.place ? sentence("helper_finished") : titleOf(place));
  const link = slot(line, "ahead-place");
  if (link.getAttribute("href") !== urlOf(place)) link.href = urlOf(place);
}
