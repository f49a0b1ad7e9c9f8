// One poll. The server renders its card; this fills in numbers as they come, sends answers over the socket, and fetches the
// card again when it has changed: after my answer, and when a round opens, closes or is shown.
import { fillBars, fillClass, fillResult, setText, showCountdown, slot } from "./poll_numbers.js";
import { answered, waiting } from "./share.js";

// A class must not fetch its cards at the same moment: the more people, the longer the time they are spread over.
const SPREAD_MS_A_PERSON = 4;
const SPREAD_MIN_MS = 100;
const SPREAD_MAX_MS = 2_000;
const SETTLE_MS = 1_500;
const SAVED = "Saved. The numbers will follow when live updates are back.";

export class PollCard {
  #place;
  #send;
  #cells = {};
  #most = 0;
  #reload;
  #stopCounting = () => {};

  // `send(name, payload)` calls the room.
  constructor(place, send) {
    [this.#place, this.#send] = [place, send];
    place.addEventListener("submit", (event) => this.#submit(event));
    this.#countDown();
  }

  get isHere() {
    return this.#place.isConnected;
  }

  get #card() {
    return this.#place.querySelector("[data-poll]");
  }

  get #poll() {
    return this.#card.dataset.poll;
  }

  stop() {
    clearTimeout(this.#reload);
    this.#stopCounting();
  }

  told(cells) {
    this.#cells = cells;
    const state = cells[this.#poll];
    if (!state) return;
    this.#most = Math.max(this.#most, state.answers);
    if (this.#isAnother(state)) this.#fetchSoon();
    else this.#fill(state);
  }

  // There is no connection, or it is back.
  trouble(sentence) {
    for (const button of this.#place.querySelectorAll("button")) button.disabled = Boolean(sentence);
    this.#say(sentence);
  }

  get #tallies() {
    return this.#cells[`${this.#poll}:tally`] ?? this.#cells[`${this.#poll}:class`]?.tally;
  }

  #isAnother({ round, state }) {
    const shown = this.#card.dataset;
    return Number(shown.round) !== round || shown.state !== state || ("told" in shown) !== Boolean(this.#tallies && Object.keys(this.#tallies).length);
  }

  #fill({ round, state, answers }) {
    const card = this.#card;
    const numbers = this.#tallies?.[round] ?? {};
    const told = Object.values(numbers).reduce((sum, number) => sum + number, 0);
    setText(slot(card, "answered"), answered(answers, state === "open"));
    for (const list of card.querySelectorAll("[data-bars]")) fillBars(list, this.#tallies?.[list.dataset.bars] ?? {});
    if ("told" in card.dataset) {
      const mine = card.dataset.mine;
      setText(slot(card, "waiting"), told || !mine ? waiting(answers, told) : "");
      if (answers !== Number(card.dataset.answers)) setText(slot(card, "own-waiting"), "");
      fillResult(card, numbers, mine);
    }
    card.dataset.answers = answers;
    fillClass(card, this.#cells[`${this.#poll}:class`]);
  }

  #submit(event) {
    const { target: form, submitter } = event;
    const data = new FormData(form, submitter);
    event.preventDefault();
    if (form.matches("[data-poll-form]")) this.#call("answer", { option: data.get("option") });
    else if (data.get("do") === "ask") this.#call("ask", { seconds: Number(data.get("seconds")) });
    else this.#call(data.get("do"), {});
  }

  async #call(name, payload) {
    this.#say("");
    try {
      await this.#send(name, { poll: this.#poll, ...payload });
      await this.#fetch(true);
      if (document.body.dataset.presenceState === "paused") this.#say(SAVED);
    } catch (error) {
      this.#say(error.message);
    }
  }

  #fetchSoon() {
    if (this.#reload) return;
    const spread = Math.min(SPREAD_MAX_MS, SPREAD_MIN_MS + SPREAD_MS_A_PERSON * this.#most);
    this.#reload = setTimeout(() => this.#fetch(false).catch(() => {}), Math.random() * spread);
  }

  // The current card for this reader. `isMine`: because of what I did, so the result gets the focus.
  async #fetch(isMine) {
    clearTimeout(this.#reload);
    const response = await fetch(`${location.pathname}/polls/${encodeURIComponent(this.#poll)}`, { headers: { Accept: "text/html" } });
    this.#reload = null;
    const fresh = response.ok && new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-poll]");
    if (!fresh || !this.isHere) return;
    const chosen = this.#place.querySelector("input:checked")?.value;
    const hadFocus = this.#place.contains(document.activeElement);
    this.#card.replaceWith(fresh);
    this.#keepChoice(chosen);
    if (isMine || hadFocus) this.#focus();
    this.#countDown();
    this.#compare();
  }

  // The card and the cells arrive separately, and either may be ahead of the other for a moment.
  #compare() {
    const state = this.#cells[this.#poll];
    if (!state) return;
    // A card that is ahead: the cells follow with the next tick.
    if (state.answers < Number(this.#card.dataset.answers)) return;
    if (!this.#isAnother(state)) this.#fill(state);
    else this.#reload ??= setTimeout(() => ((this.#reload = null), this.told(this.#cells)), SETTLE_MS);
  }

  // Keep a choice that has not been sent yet.
  #keepChoice(chosen) {
    const input = [...this.#place.querySelectorAll("[type=radio]")].find(({ value }) => value === chosen);
    if (input && !this.#card.dataset.mine) input.checked = true;
  }

  #focus() {
    const target = slot(this.#card, "result") ?? this.#place.querySelector("[type=radio], button");
    target?.focus({ preventScroll: true });
  }

  #countDown() {
    this.#stopCounting();
    this.#stopCounting = showCountdown(this.#card);
  }

  #say(sentence) {
    setText(slot(this.#card, "trouble"), sentence);
  }
}
