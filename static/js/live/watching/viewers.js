// The faces of those who watch, and their number.
import { fillAvatar, makeAvatar, setText, slot } from "../../presence/dom/person_row.js";
import { reconcile } from "../../presence/dom/reconcile.js";
import { watchersOf } from "./words.js";

const FACES = 6;

export class Viewers {
  #section;

  constructor(section) {
    this.#section = section;
  }

  // No name stays when the room is left.
  clear() {
    slot(this.#section, "watchers").replaceChildren();
  }

  show(people, total) {
    const faces = [...people.values()].filter(Boolean);
    reconcile(slot(this.#section, "watchers"), faces.slice(0, FACES), makeAvatar, (element, face) => fillAvatar(element, face, face.name));
    setText(slot(this.#section, "watching-now"), watchersOf(total));
    setText(slot(this.#section, "watching-total"), total > 1 ? `(${total} are)` : "");
  }
}
