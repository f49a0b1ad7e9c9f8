// The study timer on a page: joins its room by a button, shows what is left, and says once when a phase has ended.
import { nodesOf } from "../site/markup.js";
import { chime } from "./chime.js";
import { ServerClock } from "./clock.js";
import { inWords, roundOf, turnOf } from "./round.js";

const PROBES = 4;
const PROBE_MS = 250;
const SECOND_MS = 1_000;

const BUTTONS =
  '<button class="button" type="button" data-do="start" hidden>Start</button> ' +
  '<button class="button" type="button" data-do="pause" hidden>Pause</button> ' +
  '<label class="timer-sound" data-in hidden><input class="tick-box" type="checkbox" data-sound> Chime at the end</label> ' +
  '<button class="button" type="button" data-do="leave" hidden>Leave</button>';
const PLAN =
  '<form class="timer-plan" data-in hidden><label for="timer-words">What I plan to do now</label>' +
  '<input class="input" id="timer-words" name="words" maxlength="80" autocomplete="off"><button class="button" type="submit">Share</button></form>';
const SAID = '<p class="timer-said" data-slot="said" role="status"></p>';

let card = null;

export function arrive([element], rooms) {
  if (!element.querySelector("form")) {
    element.querySelector(".timer-buttons").append(" ", nodesOf(BUTTONS));
    element.querySelector(".timer-people").before(nodesOf(PLAN));
    element.append(nodesOf(SAID));
  }
  card = new Card(element, rooms);
}

export function leave() {
  card?.stop();
  card = null;
}

class Card {
  #element;
  #rooms;
  #room = null;
  #clock = new ServerClock();
  #timer;
  #phase = "idle";
  #plans = new Map();
  #people = new Map();
  #ticking;

  constructor(element, rooms) {
    [this.#element, this.#rooms] = [element, rooms];
    element.addEventListener("click", ({ target }) => this.#do(target.closest("[data-do]")?.dataset.do));
    element.querySelector("form").addEventListener("submit", (event) => this.#plan(event));
  }

  stop() {
    clearInterval(this.#ticking);
    this.#room?.leave();
    this.#room = null;
  }

  #do(what) {
    if (what === "join") this.#join();
    else if (what === "leave") this.#leave();
    else if (what) this.#call(what);
  }

  #join() {
    this.#room = this.#rooms.join("timer", {
      cells: (all) => this.#cells(all),
      people: (people, total) => this.#show(people, total),
      trouble: (sentence) => this.#say(sentence),
    });
    this.#show(this.#people);
    for (let probe = 0; probe < PROBES; probe += 1) setTimeout(() => this.#probe(), probe * PROBE_MS);
    this.#ticking = setInterval(() => this.#tick(), SECOND_MS);
  }

  #leave() {
    this.stop();
    [this.#timer, this.#phase, this.#people, this.#plans] = [undefined, "idle", new Map(), new Map()];
    this.#show(this.#people);
    this.#tick();
  }

  async #probe() {
    const asked = Date.now();
    const reply = await this.#room?.call("clock").catch(() => null);
    if (reply) this.#clock.heard(asked, reply.now, Date.now());
    this.#tick();
  }

  #call(name, payload) {
    return this.#room?.call(name, payload).then(() => this.#say(""), (error) => this.#say(error.message));
  }

  #plan(event) {
    event.preventDefault();
    this.#call("plan", { words: event.target.words.value });
  }

  #cells(all) {
    const before = this.#timer?.since;
    this.#timer = all.timer;
    // Say nothing about the end of a round that others began before I came, or that began anew.
    if (before !== this.#timer?.since) this.#phase = "idle";
    this.#plans = new Map(Object.entries(all).filter(([name]) => name.startsWith("plan:")));
    this.#show(this.#people);
    this.#tick();
  }

  #tick() {
    const round = roundOf(this.#timer, this.#clock.now(Date.now()));
    this.#slot("clock").textContent = inWords(round);
    const isRunning = this.#room && ["work", "rest"].includes(round.phase) && !round.isPaused;
    this.#button("start").hidden = !this.#room || isRunning;
    this.#button("start").textContent = round.isPaused ? "Resume" : "Start";
    this.#button("pause").hidden = !isRunning;
    const turn = turnOf(this.#phase, round.phase);
    this.#phase = round.phase;
    if (turn) this.#end(turn);
  }

  #end(sentence) {
    this.#say(sentence);
    if (this.#element.querySelector("[data-sound]").checked) chime();
  }

  #show(people, total) {
    this.#people = people;
    const isIn = this.#room !== null;
    if (total !== undefined) this.#slot("total").textContent = verb(total);
    this.#button("join").hidden = isIn;
    this.#button("leave").hidden = !isIn;
    for (const part of this.#element.querySelectorAll("[data-in]")) part.hidden = !isIn;
    const rows = [...people].map(([slot, face]) => row(face, this.#plans.get(`plan:${slot}`)?.words));
    this.#slot("people").replaceChildren(...rows);
  }

  #say(sentence) {
    this.#slot("said").textContent = sentence;
  }

  #slot(name) {
    return this.#element.querySelector(`[data-slot="${name}"]`);
  }

  #button(name) {
    return this.#element.querySelector(`[data-do="${name}"]`);
  }
}

function row(face, words) {
  const element = document.createElement("li");
  element.textContent = (face?.name ?? "Someone") + (words ? `: ${words}` : "");
  return element;
}

// The words before "using it right now", as in templates/live/timer.html.
function verb(total) {
  if (!total) return "No one is";
  return total === 1 ? "1 person is" : `${total} people are`;
}
