// Pointers on this page: off until switched on, and remembered in this browser. Who looks is seen; only the hidden are not.
import { setText, slot } from "../presence/dom/person_row.js";
import { Layer } from "./pointers/layer.js";
import { Places } from "./pointers/places.js";

const SETTING = "pointers";
const TELL_NEWCOMERS_MS = 300;
const TOO_MANY_MS = 1_000;

let current = null;

export function arrive([element], rooms) {
  current = new Pointers(element, rooms);
}

export function leave() {
  current?.leave();
  current = null;
}

document.addEventListener("turbo:before-cache", leave);
document.addEventListener("presence:signed-out", leave);

class Pointers {
  #element;
  #rooms;
  #article;
  #places;
  #layer = null;
  #room = null;
  #people = new Map();
  #last = null;
  #hasMoved = false;
  #every = 100;
  #page = new AbortController();
  #joined = null;
  #timer;

  constructor(element, rooms) {
    [this.#element, this.#rooms] = [element, rooms];
    this.#article = element.closest(".article");
    this.#places = new Places(this.#article);
    this.#switch.disabled = false;
    this.#switch.addEventListener("click", () => this.#set(!this.#room), { signal: this.#page.signal });
    if (stored() === "on") this.#join();
  }

  leave() {
    this.#page.abort();
    this.#part();
    this.#switch.disabled = true;
  }

  get #switch() {
    return slot(this.#element, "switch");
  }

  #set(isOn) {
    store(isOn ? "on" : "off");
    if (isOn) this.#join();
    else this.#part();
  }

  #join() {
    this.#layer = new Layer(this.#element, this.#article, this.#places);
    this.#joined = new AbortController();
    this.#room = this.#rooms.join("pointers", {
      people: (people, total) => this.#met(people, total),
      signals: ({ at = {} }) => this.#heard(at),
      me: ({ every }) => this.#paced(every),
      trouble: (sentence) => this.#tell(sentence),
    });
    this.#switch.setAttribute("aria-pressed", "true");
    this.#listen(this.#joined.signal);
    this.#read();
  }

  #part() {
    if (!this.#room) return;
    clearTimeout(this.#timer);
    this.#room.leave();
    this.#joined.abort();
    this.#layer.remove();
    this.#room = this.#layer = this.#last = null;
    this.#people = new Map();
    for (const line of document.querySelectorAll(".person-reads")) line.remove();
    this.#switch.setAttribute("aria-pressed", "false");
    setText(slot(this.#element, "count"), "");
    this.#tell("");
  }

  #listen(signal) {
    const options = { signal, passive: true };
    this.#article.addEventListener("pointermove", (event) => event.pointerType === "mouse" && this.#point(event), options);
    this.#article.addEventListener("pointerleave", () => this.#read(), options);
    addEventListener("scroll", () => this.#read(), options);
    addEventListener("blur", () => this.#send(null), options);
    addEventListener("focus", () => this.#read(), options);
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#send(null) : this.#read()), options);
  }

  #point({ clientX, clientY }) {
    this.#send(this.#places.pointing({ x: clientX, y: clientY }) ?? this.#places.reading());
  }

  #read() {
    this.#send(document.hidden ? null : this.#places.reading());
  }

  // Only what has changed; the room sees to how often.
  #send(anchor) {
    if (JSON.stringify(anchor) === JSON.stringify(this.#last)) return;
    this.#last = anchor;
    this.#room.signal("at", anchor);
  }

  #met(people, total) {
    const isNew = [...people.keys()].some((one) => !this.#people.has(one));
    this.#people = people;
    for (const one of this.#layer.slots) if (!people.has(one)) this.#layer.drop(one);
    const words = total === 1 ? "Only you share where you are." : `${total} people share where they are.`;
    setText(slot(this.#element, "count"), words);
    this.#tell("");
    // Who has just come knows of no one yet: signals are not kept.
    clearTimeout(this.#timer);
    if (isNew) this.#timer = setTimeout(() => this.#room?.signal("at", this.#last), TELL_NEWCOMERS_MS);
  }

  #heard(at) {
    for (const [name, anchor] of Object.entries(at)) {
      const one = Number(name);
      if (one === this.#room.slot || !this.#people.has(one)) continue;
      const face = this.#people.get(one);
      this.#layer.put(one, face, anchor);
      if (face) this.#tellRow(face.key, anchor ? this.#places.chapterOf(anchor[0]) : "");
    }
  }

  #paced(every) {
    this.#every = every;
    this.#layer.every = every;
    this.#tell("");
  }

  // In words too, for those who see no faces in the margin.
  #tellRow(key, chapter) {
    for (const row of document.querySelectorAll(`.person[data-key="${CSS.escape(key)}"] .person-text`)) {
      const line = row.querySelector(".person-reads") ?? row.appendChild(Object.assign(document.createElement("p"), { className: "person-reads" }));
      setText(line, chapter ? `reads “${chapter}”` : "");
    }
  }

  #tell(trouble) {
    const { visibility } = document.body.dataset;
    const isFull = this.#room && this.#room.slot === null && this.#people.size > 0;
    const notes = [
      trouble,
      this.#every > TOO_MANY_MS && "Too many here for pointers; you see where they read.",
      this.#room && visibility === "hidden" && "You see the others’ pointers. No one sees yours.",
      isFull && visibility !== "hidden" && "30 people share theirs already; you see them, and they don’t see you.",
    ];
    setText(slot(this.#element, "note"), notes.find(Boolean) || "");
  }
}

function stored() {
  try {
    return localStorage.getItem(SETTING);
  } catch {
    return null;
  }
}

function store(value) {
  try {
    localStorage.setItem(SETTING, value);
  } catch {
    // Without storage it is for this page alone.
  }
}
