// The chat beside the video. What others say is text and nothing else; it is read aloud only to those who want that, and
// never takes the focus.
import { fillAvatar, fillFlag, setHidden, setText, slot } from "../../presence/dom/person_row.js";
import { reconcile } from "../../presence/dom/reconcile.js";
import { durationOf } from "./words.js";

const FAMILY = "said:";
const MUTE_MINUTES = 10;
const AT_THE_END_PX = 40;

export class Chat {
  #list;
  #section;

  constructor(section, act) {
    this.#section = section;
    this.#list = slot(section, "lines");
    if (!this.#list) return;
    slot(section, "say").addEventListener("submit", (event) => this.#say(event, act));
    slot(section, "chat-aloud").addEventListener("change", ({ target }) => this.#list.setAttribute("aria-live", target.checked ? "polite" : "off"));
    this.#list.addEventListener("click", ({ target }) => {
      const line = target.closest("[data-key]");
      const does = target.closest("[data-line]")?.dataset.line;
      if (does === "visit") act.visit(Number(line.dataset.videoAt));
      if (does === "remove") act.remove(line.dataset.key);
      if (does === "mute") act.hush(line.dataset.key, MUTE_MINUTES);
    });
  }

  // No name stays when the room is left.
  clear() {
    this.#list?.replaceChildren();
  }

  show(cells) {
    if (!this.#list) return;
    const lines = linesOf(cells);
    const wasAtEnd = this.#list.scrollHeight - this.#list.scrollTop - this.#list.clientHeight < AT_THE_END_PX;
    reconcile(this.#list, lines, () => this.#make(), fill);
    setHidden(slot(this.#section, "chat-empty"), lines.length > 0);
    if (wasAtEnd) this.#list.scrollTop = this.#list.scrollHeight;
  }

  #make() {
    return slot(this.#section, "line-template").content.firstElementChild.cloneNode(true);
  }

  async #say(event, act) {
    event.preventDefault();
    const field = event.target.elements.words;
    const trouble = slot(this.#section, "chat-trouble");
    if (!field.value.trim()) return;
    try {
      await act.say(field.value);
      field.value = "";
      setText(trouble, "");
    } catch (error) {
      setText(trouble, error.message);
    }
  }
}

function linesOf(cells) {
  return Object.entries(cells)
    .filter(([name]) => name.startsWith(FAMILY))
    .map(([name, line]) => ({ key: name.slice(FAMILY.length), ...line }))
    .sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
}

function fill(element, { key, by, words, video_at, removed }) {
  Object.assign(element.dataset, { key, videoAt: String(video_at) });
  element.toggleAttribute("data-removed", Boolean(removed));
  setText(slot(element, "video-at"), durationOf(video_at));
  setText(slot(element, "words"), removed ? "removed by an instructor" : words);
  for (const button of element.querySelectorAll('[data-line="remove"], [data-line="mute"]')) setHidden(button, Boolean(removed));
  setHidden(slot(element, "author"), Boolean(removed));
  if (removed) slot(element, "author").replaceChildren();
  if (!by) return;
  setText(slot(element, "name"), by.name);
  fillAvatar(element.querySelector(".avatar"), by);
  fillFlag(slot(element, "flag"), by.flag ?? "");
}
