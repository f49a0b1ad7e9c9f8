// Watching a video together: joins the room, follows its clock, and gives orders from our own buttons alone.
//
// Outside of the room the browser's own player is left as it is; leaving gives it back where it stands.
import { setHidden, slot } from "../presence/dom/person_row.js";
import { Chat } from "./watching/chat.js";
import { Controls } from "./watching/controls.js";
import { Follower } from "./watching/follower.js";
import { OrderQueue } from "./watching/order_queue.js";
import { TimeProbes } from "./watching/time_probes.js";
import { Viewers } from "./watching/viewers.js";

const AWAY_MS = 60_000;
const WITHOUT_OTHERS = ["paused", "lost", "offline"];
const INTERRUPTED = "Watching together was interrupted.";
const ALONE = "On your own until the connection is back.";

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
  #id;
  #room = null;
  #clock = null;
  #leader = null;
  #isApart = false;
  #isInterrupted = false;
  #isCutOff = false;
  #isAlone = false;
  #server = new TimeProbes(() => this.#room.call("clock"), () => this.#follow());
  #timers = new Set();
  #orders = new OrderQueue((order) => this.#call("control", { video: this.#id, ...order }));
  #listeners = new AbortController();

  constructor(section, rooms) {
    [this.#section, this.#rooms, this.#id] = [section, rooms, section.dataset.video];
    this.#video = section.querySelector("video");
    if (!this.#video) return;
    this.#follower = new Follower(this.#video, {
      length: Number(section.dataset.length),
      now: () => this.#server.now,
      refused: () => this.#show({ refused: true }),
    });
    this.#controls = new Controls(section, this.#video, this.#follower, {
      order: (did, more) => this.#orders.put(did, more),
      press: (name) => this.#press(name),
      clap: () => this.#room?.signal("burst", 1),
    });
    this.#viewers = new Viewers(section);
    this.#chat = new Chat(section, {
      say: (words) => this.#room.call("say", { words, video: this.#id }),
      remove: (id) => this.#call("remove", { id }),
      hush: (id, minutes) => this.#call("hush", { id, minutes }),
      visit: (seconds) => this.#visit(seconds),
    });
    section.querySelector('[data-watch="join"]')?.removeAttribute("disabled");
    const { signal } = this.#listeners;
    section.addEventListener("click", ({ target }) => this.#press(target.closest("[data-watch]")?.dataset.watch), { signal });
    document.addEventListener("visibilitychange", () => this.#leadNoLongerWhenAway(), { signal });
    document.addEventListener("presence:trouble", () => this.#showPause(), { signal });
    // A player that has just been shown has no source for a moment either, until it begins to load one.
    for (const event of ["error", "loadstart"]) this.#video.addEventListener(event, () => this.#showWhetherBroken(), { signal });
    section.querySelector("source:last-of-type")?.addEventListener("error", () => this.#showWhetherBroken(), { signal });
    // It may have failed before this script was there.
    this.#showWhetherBroken();
  }

  #follower;
  #controls;
  #viewers;
  #chat;

  // The page goes, or the user wants to be alone with the video again.
  leave() {
    this.#part();
    this.#listeners.abort();
    this.#section.querySelector('[data-watch="join"]')?.setAttribute("disabled", "");
  }

  #join() {
    if (this.#room) return;
    // A page is in the room once, with one of its videos.
    for (const other of all) other.#part();
    this.#video.preload = "auto";
    this.#room = this.#rooms.join("watching", {
      cells: (cells) => this.#cells(cells),
      people: (people, total) => this.#viewers.show(people, total),
      signals: ({ burst = 0 }) => this.#controls.rain(burst),
      trouble: (sentence) => this.#trouble(sentence),
    });
    this.#section.dataset.joined = "";
    this.#controls.take();
    this.#show({});
    this.#showPause();
    this.#controls.focus();
  }

  #part() {
    if (!this.#room) return;
    this.#room.leave();
    this.#room = this.#clock = this.#leader = null;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#server.stop();
    this.#orders.clear();
    this.#follower.follow(null);
    this.#isApart = this.#isInterrupted = this.#isCutOff = this.#isAlone = false;
    delete this.#section.dataset.joined;
    delete this.#section.dataset.apart;
    this.#controls.giveBack();
    this.#controls.line(null);
    this.#chat.clear();
    this.#viewers.clear();
  }

  #press(name) {
    const acts = {
      join: () => this.#join(),
      leave: () => (this.#part(), this.#section.querySelector('[data-watch="join"]').focus()),
      apart: () => this.#setApart(true),
      together: () => this.#setApart(false),
      lead: () => this.#call("lead", { video: this.#id, on: this.#leader !== this.#myKey }),
      unmute: () => (this.#follower.retry(), this.#show({ refused: false })),
      resume: () => this.#orders.put(this.#video.paused ? "seek" : "play", { at: this.#video.currentTime }),
    };
    acts[name]?.();
  }

  get #myKey() {
    return document.body.dataset.me || null;
  }

  // Joined, also again after the connection was lost.
  #trouble(sentence) {
    this.#isCutOff = Boolean(sentence);
    this.#showPause();
    if (!sentence) this.#server.start();
  }

  // Cut off, or connected to a server that has lost the others: the video goes on, and no order comes.
  #showPause() {
    const isAlone = this.#isCutOff || WITHOUT_OTHERS.includes(document.body.dataset.presenceState);
    if (!this.#room || isAlone === this.#isAlone) return;
    this.#isAlone = isAlone;
    this.#controls.tell(isAlone ? ALONE : "");
  }

  #showWhetherBroken() {
    const { error, networkState } = this.#video;
    setHidden(slot(this.#section, "broken"), !error && networkState !== HTMLMediaElement.NETWORK_NO_SOURCE);
  }

  #later(ms, act) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (this.#room) act();
    }, ms);
    this.#timers.add(timer);
  }

  #cells(cells) {
    const clock = cells[this.#id] ?? null;
    const isNew = JSON.stringify(clock) !== JSON.stringify(this.#clock);
    // A server that was restarted knows no position: no picture jumps for it.
    this.#isInterrupted = !clock && (this.#isInterrupted || Boolean(this.#clock));
    this.#clock = clock;
    this.#leader = cells[`${this.#id}:lead`]?.by?.key ?? null;
    if (isNew && clock) this.#follow();
    this.#controls.line(cells[`${this.#id}:by`] ?? null);
    this.#chat.show(cells);
    this.#show({ leader: cells[`${this.#id}:lead`]?.by ?? null });
  }

  #follow() {
    if (!this.#isApart && this.#clock && this.#server.isKnown) this.#follower.follow(this.#clock);
    this.#show({});
  }

  // Stay in the room and look at something alone; or jump back in.
  #setApart(isApart) {
    this.#isApart = isApart;
    if (isApart) {
      this.#section.dataset.apart = "";
      this.#follower.follow(null);
      this.#controls.giveBack();
    } else {
      delete this.#section.dataset.apart;
      this.#controls.take();
      this.#follow();
    }
    this.#show({});
  }

  #visit(seconds) {
    this.#setApart(true);
    this.#video.currentTime = seconds;
  }

  async #call(name, payload) {
    try {
      await this.#room.call(name, payload);
      this.#controls.tell("");
    } catch (error) {
      this.#controls.tell(error.message);
    }
  }

  // A leader who is away for a minute gives the controls back.
  #leadNoLongerWhenAway() {
    if (!document.hidden) return;
    this.#later(AWAY_MS, () => document.hidden && this.#leader === this.#myKey && this.#leader && this.#press("lead"));
  }

  #show(news) {
    this.#controls.show({
      ...news,
      clock: this.#clock,
      isLed: Boolean(this.#leader) && this.#leader !== this.#myKey,
      isLeading: Boolean(this.#leader) && this.#leader === this.#myKey,
      interrupted: this.#isInterrupted ? INTERRUPTED : "",
    });
  }
}
