// The controls for everyone who watches, in place of the browser's own. They only give orders and show what holds.
import { setHidden, setText, slot } from "../../presence/dom/person_row.js";
import { durationOf, lineOf, positionInWords } from "./words.js";

const SHOW_MS = 250;
const STEP_S = 10;
const SMALL_STEP_S = 5;
const SAID_MS = 5_000;
const ICONS_AT_ONCE = 12;
const ICON_MS = 1_500;

export class Controls {
  #section;
  #video;
  #follower;
  #length;
  #act;
  #clock = null;
  #isLed = false;
  #isTaken = false;
  #timer = null;
  #wanted = null;
  #said = { line: "", at: -Infinity };

  constructor(section, video, follower, act) {
    [this.#section, this.#video, this.#follower, this.#act] = [section, video, follower, act];
    this.#length = Number(section.dataset.length);
    const bar = slot(section, "bar");
    if (!bar) return;
    bar.addEventListener("input", () => this.#preview(Number(bar.value)));
    bar.addEventListener("change", () => this.#seek(Number(bar.value)));
    slot(section, "speed").addEventListener("change", ({ target }) => this.#act.order("speed", { rate: Number(target.value) }));
    section.addEventListener("click", ({ target }) => this.#click(target.closest("[data-control]")?.dataset.control));
    slot(section, "stage").addEventListener("keydown", (event) => this.#key(event));
    // It is muted by the follower too, where the browser plays nothing else.
    video.addEventListener("volumechange", () => this.#button("mute").setAttribute("aria-pressed", String(video.muted)));
    video.addEventListener("click", () => this.#isTaken && this.#click("toggle"));
  }

  // Ours come, the browser's go; and the other way round.
  take() {
    this.#isTaken = true;
    this.#video.controls = false;
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#showPosition(), SHOW_MS);
    this.#showPosition();
  }

  giveBack() {
    this.#isTaken = false;
    this.#video.controls = true;
    clearInterval(this.#timer);
    this.tell("");
  }

  focus() {
    this.#button("toggle").focus();
  }

  show({ clock, isLed, isLeading, interrupted, refused, leader }) {
    if (!slot(this.#section, "bar")) return;
    [this.#clock, this.#isLed] = [clock, isLed];
    for (const control of this.#section.querySelectorAll("[data-for-all]")) control.disabled = isLed;
    if (clock) slot(this.#section, "speed").value = String(clock.rate);
    if (leader !== undefined) setText(slot(this.#section, "leader"), leader ? leaderLine(leader, isLeading) : "");
    setText(slot(this.#section, "lead"), isLeading ? "Give back the controls" : "Lead");
    setHidden(slot(this.#section, "interrupted"), !interrupted);
    setText(slot(this.#section, "interrupted-text"), interrupted);
    if (refused !== undefined) setHidden(slot(this.#section, "refused"), !refused);
    this.#showPosition();
  }

  // Who gave the last order. Said aloud at most once in 5 s, and not at all when it was said already.
  line(by) {
    const line = by ? lineOf(by) : "";
    const now = performance.now();
    setText(slot(this.#section, "line"), line);
    if (!line || line === this.#said.line || now - this.#said.at < SAID_MS) return;
    this.#said = { line, at: now };
    setText(slot(this.#section, "aloud"), line);
  }

  tell(sentence) {
    const place = slot(this.#section, "watch-trouble");
    if (place) setText(place, sentence);
  }

  // Claps of everyone, a few at once, below the picture.
  rain(n) {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const strip = slot(this.#section, "strip");
    const free = ICONS_AT_ONCE - strip.childElementCount;
    for (let count = 0; count < Math.min(n, free); count += 1) {
      const icon = slot(this.#section, "clap-template").content.firstElementChild.cloneNode(true);
      icon.dataset.lane = String(Math.floor(Math.random() * 6));
      strip.append(icon);
      setTimeout(() => icon.remove(), ICON_MS);
    }
  }

  #click(name) {
    const acts = {
      toggle: () => this.#toggle(),
      back: () => this.#step(-STEP_S),
      forward: () => this.#step(STEP_S),
      mute: () => this.#mute(),
      captions: () => this.#captions(),
      full: () => this.#full(),
      clap: () => this.#act.clap(),
    };
    if (!this.#isLed || !["toggle", "back", "forward"].includes(name)) acts[name]?.();
  }

  // Only while the player has the focus, so that the site's own keys and the chat are left alone.
  #key(event) {
    const keys = { " ": "toggle", k: "toggle", j: "back", l: "forward", m: "mute", c: "captions", f: "full" };
    const isField = event.target.closest("input, select, textarea");
    if (!this.#isTaken || event.altKey || event.ctrlKey || event.metaKey) return;
    const isButton = event.target.closest("button") && event.key === " ";
    if (event.key in keys && !isField && !isButton) this.#click(keys[event.key]);
    else if (event.key.startsWith("Arrow") && !isField && !this.#isLed) this.#arrow(event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #arrow(key) {
    const forward = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    if (key === "ArrowUp" || key === "ArrowDown") return;
    this.#step(key === forward ? SMALL_STEP_S : -SMALL_STEP_S);
  }

  #toggle() {
    if (this.#clock?.playing && !this.#follower.hasEnded) this.#act.order("pause");
    else this.#act.order("play", { at: this.#video.currentTime });
  }

  // Several steps in a row add up, though only the last order is sent.
  #step(seconds) {
    this.#seek((this.#wanted ?? this.#follower.position) + seconds);
  }

  #seek(at) {
    this.#preview(Math.min(Math.max(at, 0), this.#length));
    this.#act.order("seek", { at: this.#wanted });
  }

  #preview(at) {
    this.#wanted = at;
    clearTimeout(this.#forget);
    this.#forget = setTimeout(() => (this.#wanted = null), 2_000);
    this.#showPosition();
  }

  #forget;

  #mute() {
    this.#video.muted = !this.#video.muted;
  }

  #captions() {
    const [track] = this.#video.textTracks;
    if (!track) return;
    track.mode = track.mode === "showing" ? "disabled" : "showing";
    this.#button("captions").setAttribute("aria-pressed", String(track.mode === "showing"));
  }

  #full() {
    const stage = slot(this.#section, "stage");
    if (document.fullscreenElement) document.exitFullscreen();
    else if (stage.requestFullscreen) stage.requestFullscreen();
    // An iPhone lets nothing but the video fill the screen.
    else this.#video.webkitEnterFullscreen?.();
  }

  #showPosition() {
    if (!this.#isTaken) return;
    const at = this.#wanted ?? this.#follower.position;
    const bar = slot(this.#section, "bar");
    if (document.activeElement !== bar || this.#wanted === null) bar.value = String(at);
    bar.setAttribute("aria-valuetext", positionInWords(at, this.#length));
    setText(slot(this.#section, "time"), `${durationOf(at)} / ${durationOf(this.#length)}`);
    const playing = Boolean(this.#clock?.playing) && !this.#follower.hasEnded;
    const words = playing ? "Pause" : this.#follower.hasEnded ? "Again from the start" : "Play";
    const button = this.#button("toggle");
    button.dataset.playing = String(playing);
    setText(slot(button, "words"), words);
    if (button.title !== words) button.title = words;
  }

  #button(name) {
    return this.#section.querySelector(`[data-control="${name}"]`);
  }
}

function leaderLine({ name }, isMe) {
  return isMe ? "You're leading. Only you can control the video." : `${name} is leading. Only they can control the video.`;
}
