// Pointers while they are on: this page's room, what it sends of its reader, and what it shows of the others.
import { setText, slot } from "../../presence/dom/person_row.js";
import { Layer } from "./layer.js";
import { Places } from "./places.js";

const TELL_NEWCOMERS_MS = 300;
const TOO_MANY_MS = 1_000;
const SLOTS = 30;

export class Sharing {
  #element;
  #article;
  #places;
  #layer;
  #room;
  #people = new Map();
  #last = null;
  #every = 100;
  #joined = new AbortController();
  #timer;

  constructor(element, rooms) {
    [this.#element, this.#article] = [element, element.closest(".article")];
    this.#places = new Places(this.#article);
    this.#layer = new Layer(this.#article, this.#places);
    this.#room = rooms.join("pointers", {
      people: (people, total) => this.#met(people, total),
      signals: ({ at = {} }) => this.#heard(at),
      me: ({ every }) => this.#paced(every),
      trouble: (sentence) => this.#tell(sentence),
    });
    this.#listen(this.#joined.signal);
    this.#read();
  }

  leave() {
    clearTimeout(this.#timer);
    this.#room.leave();
    this.#joined.abort();
    this.#layer.remove();
    this.#room = null;
    for (const line of document.querySelectorAll(".person-reads")) line.remove();
    for (const name of ["count", "note"]) setText(slot(this.#element, name), "");
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
    for (const [one, face] of this.#people) if (people.get(one)?.key !== face?.key) this.#forget(one, face);
    this.#people = people;
    const words = total === 1 ? "Only you are sharing where you are." : `${total} people are sharing where they are.`;
    setText(slot(this.#element, "count"), words);
    this.#tell("");
    // A page that has just joined knows of no one yet: signals are not kept.
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

  // Someone has left, or has another face now.
  #forget(one, face) {
    this.#layer.drop(one);
    if (face) this.#tellRow(face.key, "");
  }

  #paced(every) {
    this.#every = every;
    this.#layer.every = every;
    this.#tell("");
  }

  // In words too, for those who see no faces in the margin.
  #tellRow(key, chapter) {
    for (const row of document.querySelectorAll(`.person[data-key="${CSS.escape(key)}"] > div`)) {
      const line = row.querySelector(".person-reads") ?? row.appendChild(Object.assign(document.createElement("p"), { className: "person-reads" }));
      setText(line, chapter ? `reads “${chapter}”` : "");
    }
  }

  #tell(trouble) {
    const { visibility } = document.body.dataset;
    // Before it is answered a page has no slot either.
    const isFull = this.#room && this.#room.slot === null && this.#people.size >= SLOTS;
    const notes = [
      trouble,
      this.#every > TOO_MANY_MS && "Too many people for pointers here; you see where they're reading instead.",
      this.#room && visibility === "hidden" && "You see the others’ pointers. No one sees yours.",
      isFull && visibility !== "hidden" && "30 people share theirs already; you see them, and they don’t see you.",
    ];
    setText(slot(this.#element, "note"), notes.find(Boolean) || "");
  }
}
