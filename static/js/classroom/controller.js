// Keeps the class map up to date: renders each section's state and records how long each person stays on a lesson.
import { fillSince } from "../presence/dom/person_row.js";
import { clearMap, fillSection, fillStays } from "./course_map.js";
import { refreshCharts } from "./charts.js";
import { askingForHelp, longestPresent, Stays } from "./stay_times.js";
import { SectionPoller } from "./section_poller.js";

const REFRESH_MS = 30_000;
const SYSTEM_REFRESH_MS = 10_000;

export class ClassroomController {
  #root = null;
  #stays = new Stays();
  #poller = new SectionPoller((section, state) => this.#onState(section, state));

  start() {
    // The course topic reports that people moved; the sections report where to.
    document.addEventListener("presence:news", () => this.#root && this.#poller.pollSoon());
    document.addEventListener("presence:signed-out", () => this.#leave());
    document.addEventListener("visibilitychange", () => this.#root && this.#poller.pollSoon());
    setInterval(() => this.#refreshTimes(), REFRESH_MS);
    setInterval(() => this.#refresh("[data-plots][data-often]"), SYSTEM_REFRESH_MS);
  }

  // Calling it twice for one page is harmless.
  arrive() {
    const root = document.querySelector("[data-classroom]");
    if (root === this.#root) return;
    this.#root = root;
    this.#poller.stop();
    if (!root) return;
    this.#poller.start(root.querySelectorAll("[data-block]"));
  }

  #onState(section, state) {
    this.#stays.note(section, state.people, Date.now());
    fillSection(this.#root.querySelector(`[data-block="${CSS.escape(section)}"]`), state);
    this.#drawStays();
  }

  #drawStays() {
    if (!this.#root?.querySelector("[data-stays]")) return;
    const sections = [...this.#root.querySelectorAll("[data-block]")].map(({ dataset }) => dataset.block);
    // The first paint stays until every section has answered.
    if (!this.#stays.knows(sections)) return;
    const stays = this.#stays.of(sections);
    fillStays(this.#root, "asked", askingForHelp(stays), Date.now());
    fillStays(this.#root, "stays", longestPresent(stays), Date.now());
  }

  // Update durations twice a minute, so that they are never a minute old.
  #refreshTimes() {
    if (!this.#root || document.visibilityState !== "visible") return;
    this.#drawStays();
    fillSince(this.#root, Date.now() / 1000);
    this.#refresh("[data-plots]:not([data-often])");
  }

  #refresh(selector) {
    const plots = document.visibilityState === "visible" && this.#root?.querySelector(selector);
    if (plots) refreshCharts(plots);
  }

  // Clear everything on sign-out: the next user must not see it.
  #leave() {
    this.#poller.stop();
    this.#stays.forget();
    if (this.#root) clearMap(this.#root);
  }
}
