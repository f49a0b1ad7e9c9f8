// The switch for pointers: off until it is pressed, and remembered in this browser. What it turns on is loaded only then.
// Anyone who looks is seen; only hidden users are not.
import { slot } from "../presence/dom/person_row.js";

const SETTING = "pointers";

let current = null;

export function arrive([element], rooms) {
  current = new Switch(element, rooms);
}

export function leave() {
  current?.leave();
  current = null;
}

document.addEventListener("turbo:before-cache", leave);
document.addEventListener("presence:signed-out", leave);

class Switch {
  #element;
  #rooms;
  #isOn = false;
  #sharing = null;
  #page = new AbortController();

  constructor(element, rooms) {
    [this.#element, this.#rooms] = [element, rooms];
    this.#button.disabled = false;
    this.#button.addEventListener("click", () => this.#press(!this.#isOn), { signal: this.#page.signal });
    if (stored() === "on") this.#turn(true);
  }

  leave() {
    this.#page.abort();
    this.#turn(false);
    this.#button.disabled = true;
  }

  get #button() {
    return slot(this.#element, "switch");
  }

  #press(isOn) {
    store(isOn ? "on" : "off");
    this.#turn(isOn);
  }

  async #turn(isOn) {
    this.#isOn = isOn;
    this.#button.setAttribute("aria-pressed", String(isOn));
    if (!isOn) {
      this.#sharing?.leave();
      this.#sharing = null;
      return;
    }
    const { Sharing } = await import("./pointers/sharing.js");
    // It may have been turned off while it was loading, or off and on.
    if (this.#isOn) this.#sharing ??= new Sharing(this.#element, this.#rooms);
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
