// One stay in the room of a video: it follows the room's clock, and gives orders from our own buttons alone.
import { Isolation } from "./isolation.js";
import { Leadership } from "./leadership.js";
import { OrderQueue } from "./order_queue.js";
import { TimeProbes } from "./time_probes.js";

const INTERRUPTED = "Watching together was interrupted.";

export class Session {
  #parts;
  #id;
  #room = null;
  #clock = null;
  #lead = new Leadership();
  #isolation = new Isolation((sentence) => this.#parts.controls.tell(sentence));
  #isApart = false;
  #isInterrupted = false;
  #server = new TimeProbes(() => this.#room.call("clock"), () => this.#follow());
  #orders = new OrderQueue((order) => this.call("control", { video: this.#id, ...order }));
  #listeners = new AbortController();

  // `parts` are {section, video, follower, controls, chat, viewers}.
  constructor(parts) {
    [this.#parts, this.#id] = [parts, parts.section.dataset.video];
  }

  join(rooms) {
    const { section, video, controls, viewers } = this.#parts;
    video.preload = "auto";
    this.#room = rooms.join("watching", {
      cells: (cells) => this.#cells(cells),
      people: (people, total) => viewers.show(people, total),
      signals: ({ burst = 0 }) => controls.rain(burst),
      trouble: (sentence) => this.#trouble(sentence),
    });
    section.dataset.joined = "";
    const { signal } = this.#listeners;
    this.#lead.watch(() => this.press("lead"), signal);
    controls.take();
    this.show({});
    this.#isolation.watch(signal);
    controls.focus();
  }

  leave() {
    const { section, follower, controls, chat, viewers } = this.#parts;
    this.#room.leave();
    this.#listeners.abort();
    this.#server.stop();
    this.#orders.clear();
    follower.follow(null);
    delete section.dataset.joined;
    delete section.dataset.apart;
    controls.giveBack();
    controls.line(null);
    chat.clear();
    viewers.clear();
  }

  // The server's time.
  get now() {
    return this.#server.now;
  }

  press(name) {
    const { follower, video } = this.#parts;
    const acts = {
      apart: () => this.#setApart(true),
      together: () => this.#setApart(false),
      lead: () => this.call("lead", { video: this.#id, on: !this.#lead.isMine }),
      unmute: () => (follower.retry(), this.show({ refused: false })),
      resume: () => this.order(video.paused ? "seek" : "play", { at: video.currentTime }),
    };
    acts[name]?.();
  }

  order(did, more) {
    this.#orders.put(did, more);
  }

  clap() {
    this.#room.signal("burst", 1);
  }

  say(words) {
    return this.#room.call("say", { words, video: this.#id });
  }

  // A line of the chat names a moment of the video: look at it alone.
  visit(seconds) {
    this.#setApart(true);
    this.#parts.video.currentTime = seconds;
  }

  async call(name, payload) {
    const sentence = await this.#room.call(name, payload).then(() => "", ({ message }) => message);
    this.#parts.controls.tell(sentence);
  }

  show(news) {
    this.#parts.controls.show({
      ...news,
      clock: this.#clock,
      isLed: this.#lead.isOfAnother,
      isLeading: this.#lead.isMine,
      interrupted: this.#isInterrupted ? INTERRUPTED : "",
    });
  }

  // Joined, also again after the connection was lost.
  #trouble(sentence) {
    this.#isolation.cutOff(Boolean(sentence));
    if (!sentence) this.#server.start();
  }

  #cells(cells) {
    const { controls, chat } = this.#parts;
    const clock = cells[this.#id] ?? null;
    const isNew = JSON.stringify(clock) !== JSON.stringify(this.#clock);
    // A server that was restarted knows no position: no picture jumps for it.
    this.#isInterrupted = !clock && (this.#isInterrupted || Boolean(this.#clock));
    this.#clock = clock;
    const leader = cells[`${this.#id}:lead`]?.by ?? null;
    this.#lead.told(leader?.key ?? null);
    if (isNew && clock) this.#follow();
    controls.line(cells[`${this.#id}:by`] ?? null);
    chat.show(cells);
    this.show({ leader });
  }

  #follow() {
    if (!this.#isApart && this.#clock && this.#server.isKnown) this.#parts.follower.follow(this.#clock);
    this.show({});
  }

  // Stay in the room and look at something alone; or jump back in.
  #setApart(isApart) {
    const { section, follower, controls } = this.#parts;
    this.#isApart = isApart;
    section.toggleAttribute("data-apart", isApart);
    if (isApart) {
      follower.follow(null);
      controls.giveBack();
    } else {
      controls.take();
      this.#follow();
    }
    this.show({});
  }
}
