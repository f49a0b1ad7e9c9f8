// Watching a video together: the sections of the page that have a video, each with a session while one is in the room.
//
// Outside of the room the browser's own player is left as it is; leaving gives it back where it stands.
import { setHidden, slot } from "../presence/dom/person_row.js";
import { Chat } from "./watching/chat.js";
import { Controls } from "./watching/controls.js";
import { Follower } from "./watching/follower.js";
import { Session } from "./watching/session.js";
import { Viewers } from "./watching/viewers.js";

const all = new Set();

export function arrive(sections, rooms) {
  for (const section of sections) all.add(new Watching(section, rooms));
}

export function leave() {
  for (const watching of all) watching.leave();
  all.clear();
}

// Turbo keeps a copy of the page for the back button, and nothing of what was going on may be in that.
document.addEventListener("turbo:before-cache", leave);
document.addEventListener("presence:signed-out", leave);

class Watching {
  #section;
  #rooms;
  #video;
  #parts;
  #session = null;
  #listeners = new AbortController();

  constructor(section, rooms) {
    [this.#section, this.#rooms] = [section, rooms];
    this.#video = section.querySelector("video");
    if (!this.#video) return;
    this.#parts = this.#makeParts();
    this.#joinButton?.removeAttribute("disabled");
    const { signal } = this.#listeners;
    section.addEventListener("click", ({ target }) => this.#press(target.closest("[data-watch]")?.dataset.watch), { signal });
    // A player that has just been shown has no source for a moment either, until it begins to load one.
    for (const event of ["error", "loadstart"]) this.#video.addEventListener(event, () => this.#showWhetherBroken(), { signal });
    section.querySelector("source:last-of-type")?.addEventListener("error", () => this.#showWhetherBroken(), { signal });
    // It may have failed before this script was there.
    this.#showWhetherBroken();
  }

  // The page goes, or the user wants to be alone with the video again.
  leave() {
    this.#part();
    this.#listeners.abort();
    this.#joinButton?.setAttribute("disabled", "");
  }

  #makeParts() {
    const [section, video] = [this.#section, this.#video];
    const follower = new Follower(video, {
      length: Number(section.dataset.length),
      now: () => this.#session?.now,
      refused: () => this.#session?.show({ refused: true }),
    });
    const controls = new Controls(section, video, follower, {
      order: (did, more) => this.#session?.order(did, more),
      press: (name) => this.#press(name),
      clap: () => this.#session?.clap(),
    });
    const chat = new Chat(section, {
      say: (words) => this.#session.say(words),
      remove: (id) => this.#session.call("remove", { id }),
      hush: (id, minutes) => this.#session.call("hush", { id, minutes }),
      visit: (seconds) => this.#session.visit(seconds),
    });
    return { section, video, follower, controls, chat, viewers: new Viewers(section) };
  }

  get #joinButton() {
    return this.#section.querySelector('[data-watch="join"]');
  }

  #press(name) {
    if (name === "join") this.#join();
    else if (name === "leave") (this.#part(), this.#joinButton.focus());
    else this.#session?.press(name);
  }

  #join() {
    if (this.#session) return;
    // A page is in the room once, with one of its videos.
    for (const other of all) other.#part();
    this.#session = new Session(this.#parts);
    this.#session.join(this.#rooms);
  }

  #part() {
    this.#session?.leave();
    this.#session = null;
  }

  #showWhetherBroken() {
    const { error, networkState } = this.#video;
    setHidden(slot(this.#section, "broken"), !error && networkState !== HTMLMediaElement.NETWORK_NO_SOURCE);
  }
}
