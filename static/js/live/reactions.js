// The reactions of a lesson's chapters, live and optimistic: a press counts at once, and goes back if the server refuses it.
import { elementOf } from "../site/markup.js";
import { flip } from "../presence/dom/flip.js";
import { Optimistic } from "./optimistic.js";

const OFFER = `<div class="lost-offer" data-lost-offer hidden><div class="asking" data-asking><p class="lost-words">Lost here? Let the others know: someone may be a step ahead.</p></div></div>`;
const PARTS = '.presence :is([data-say="stuck here"], .asked, .ahead)';

let rows = [];
let room = null;

export function arrive(elements, rooms) {
  rows = [...rows.filter(({ isHere }) => isHere), ...elements.map((element) => new Row(element))];
  room ??= rooms.join("reactions", { cells, refused });
  document.addEventListener("presence:identified", identified);
}

export function leave() {
  room?.leave();
  room = null;
  rows = [];
  document.removeEventListener("presence:identified", identified);
}

function cells(all) {
  for (const row of rows) row.told(all[row.anchor] ?? {});
  markContents(all);
}

// Once for the page: each row would say the same.
function refused(sentence) {
  rows[0]?.say(`Reactions don't work on this page. ${sentence}`);
}

function identified() {
  for (const row of rows) row.counts = areCounted();
}

// Reactions of hidden users and of instructors are theirs alone.
function areCounted() {
  return document.body.dataset.visibility !== "hidden" && !document.querySelector("[data-react][data-teaches]");
}

class Row {
  #row;
  #model;
  #isTold = false;

  constructor(row) {
    this.#row = row;
    const numbers = Object.fromEntries(this.#buttons.map((button) => [button.dataset.kind, Number(slot(button, "number").textContent)]));
    const mine = this.#buttons.filter((button) => button.getAttribute("aria-pressed") === "true").map(({ dataset }) => dataset.kind);
    this.#model = new Optimistic({ numbers, mine, counts: areCounted() });
    row.addEventListener("click", (event) => this.#click(event));
  }

  get isHere() {
    return this.#row.isConnected;
  }

  get anchor() {
    return this.#row.dataset.reactions;
  }

  get #buttons() {
    return [...this.#row.querySelectorAll("[data-kind]")];
  }

  set counts(are) {
    this.#model.counts = are;
    this.#show();
  }

  told(numbers) {
    this.#model.told(numbers);
    this.#show(this.#isTold);
    this.#isTold = true;
  }

  async #click(event) {
    const button = event.target.closest("[data-kind]");
    if (!button) return;
    event.preventDefault();
    const { kind } = button.dataset;
    const on = this.#model.press(kind);
    this.#show();
    offerHelp(this.#row, kind, on);
    this.say(await this.#send(kind, on));
    this.#show();
  }

  say(trouble) {
    slot(this.#row, "trouble").textContent = trouble;
  }

  // Returns "", or the sentence that says why not.
  async #send(kind, on) {
    try {
      this.#model.confirm(kind, on, await room.call("react", { at: this.anchor, kind, on }));
      return "";
    } catch (error) {
      this.#model.fail(kind, on);
      return error.message;
    }
  }

  #show(mayRise = false) {
    for (const button of this.#buttons) {
      const { kind } = button.dataset;
      const [number, before] = [this.#model.number(kind), Number(slot(button, "number").textContent)];
      const isOn = this.#model.isOn(kind);
      slot(button, "number").textContent = number || "";
      button.setAttribute("aria-pressed", String(isOn));
      button.value = `${kind} ${isOn ? 0 : 1} ${this.anchor}`;
      if (mayRise && number > before) rise(button);
    }
  }
}

function rise(button) {
  button.dataset.rises = "";
  button.addEventListener("animationend", () => delete button.dataset.rises, { once: true });
}

// Where I am lost: ask the others. The offer is there once a page, and moves to where I pressed.
function offerHelp(row, kind, on) {
  if (kind !== "lost") return;
  const offer = document.querySelector("[data-lost-offer]") ?? makeOffer();
  offer.hidden = !on;
  if (on) row.after(offer);
}

// With the button beside the people, as it is now.
function makeOffer() {
  const offer = elementOf(OFFER);
  for (const part of document.querySelectorAll(PARTS)) offer.firstElementChild.append(part.cloneNode(true));
  return offer;
}

// The chapters where people are lost, below this lesson in the contents.
function markContents(all) {
  const list = document.querySelector("[data-lost-chapters]");
  if (!list) return;
  const lost = rows.filter(({ anchor }) => anchor && all[anchor]?.lost);
  const marks = lost.map(({ anchor }) => markOf(anchor, all[anchor].lost));
  flip(list.closest(".contents"), () => list.replaceChildren(...marks));
}

function markOf(anchor, number) {
  const [item, link, words] = ["li", "a", "span"].map((name) => document.createElement(name));
  link.href = `${location.pathname}#${encodeURIComponent(anchor)}`;
  words.textContent = `${number} ${number === 1 ? "person was" : "people were"} lost in “${titleOf(anchor)}”`;
  link.append(document.querySelector('[data-kind="lost"] svg').cloneNode(true), words);
  item.append(link);
  return item;
}

function titleOf(anchor) {
  return document.getElementById(anchor).textContent.trim();
}

const slot = (element, name) => element.querySelector(`[data-slot="${name}"]`);
