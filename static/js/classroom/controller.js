// Keeps the map up to date: whatever a section answers is drawn, and what was seen of each stay is remembered.
import { fillSince } from "../presence/dom/person_row.js";
import { clearMap, fillBlock, fillStays } from "./course_map.js";
import { refreshPlots } from "./charts.js";
import { asking, longest, Stays } from "./stay_times.js";
import { Watch } from "./section_poller.js";

const HALF_MINUTE_MS = 30_000;
const OFTEN_MS = 10_000;

export class Classroom {
  #root = null;
  #stays = new Stays();
  #watch = new Watch((section, state) => this.#heard(section, state));

  start() {
    // The course's topic tells that somebody moved; where to, the sections tell.
    document.addEventListener("presence:news", () => this.#root && this.#watch.hurry());
    document.addEventListener("presence:signed-out", () => this.#leave());
    document.addEventListener("visibilitychange", () => this.#root && this.#watch.hurry());
    setInterval(() => this.#tell(), HALF_MINUTE_MS);
    setInterval(() => this.#refresh("[data-plots][data-often]"), OFTEN_MS);
  }

  // Being told twice of the same page does no harm.
  arrive() {
    const root = document.querySelector("[data-classroom]");
    if (root === this.#root) return;
    this.#root = root;
    this.#watch.stop();
    if (!root) return;
    this.#watch.start(root.querySelectorAll("[data-block]"));
  }

  #heard(section, state) {
    this.#stays.note(section, state.people, Date.now());
    fillBlock(this.#root.querySelector(`[data-block="${CSS.escape(section)}"]`), state);
    this.#drawStays();
  }

  #drawStays() {
    if (!this.#root?.querySelector("[data-stays]")) return;
    const sections = [...this.#root.querySelectorAll("[data-block]")].map(({ dataset }) => dataset.block);
    // Until every section has answered, the first paint knows more than a part would.
    if (!this.#stays.knows(sections)) return;
    const stays = this.#stays.of(sections);
    fillStays(this.#root, "asked", asking(stays), Date.now());
    fillStays(this.#root, "stays", longest(stays), Date.now());
  }

  // What changes by the minute, told before anybody wonders.
  #tell() {
    if (!this.#root || document.visibilityState !== "visible") return;
    this.#drawStays();
    fillSince(this.#root, Date.now() / 1000);
    this.#refresh("[data-plots]:not([data-often])");
  }

  #refresh(selector) {
    const plots = document.visibilityState === "visible" && this.#root?.querySelector(selector);
    if (plots) refreshPlots(plots);
  }

  // What signed-in people saw is not for whoever comes next.
  #leave() {
    this.#watch.stop();
    this.#stays.forget();
    if (this.#root) clearMap(this.#root);
  }
}
