// The phases in rooms. As in phases.js, a phase returns how much it did of how much; `ack` are the milliseconds
// until a call was answered, `eventsAScreen` the most events a second that one screen was sent.

import { Latencies } from "./latency.js";
import { atRate, sideBySide, sleep } from "./pace.js";
import { moves } from "./phases.js";
import { Random } from "./random.js";

const AT_A_TIME = 100;
const KINDS = ["clap", "aha", "love", "lost"];

// Everyone present joins `rooms` at the place where they are, or only every `share`-th of them; who has joined stays.
export async function rooms(population, phase, until) {
  const people = sharing(population, phase).filter((viewer) => !viewer.joined);
  let done = 0;
  await sideBySide(people.length, AT_A_TIME, until, async (n) => {
    await people[n].joinRooms(phase.rooms).then(() => (done += 1), () => {});
  });
  return { done, of: people.length };
}

// `rate` signals a second, of one person after the other.
export async function signals(population, phase) {
  const people = sharing(population, phase);
  const screens = new Screens(population);
  await atRate(phase.rate, phase.seconds, (n) => people[n % people.length].signal(n));
  return { done: phase.rate * phase.seconds, of: phase.rate * phase.seconds, ...screens.summary() };
}

// People turn to other lessons while others signal where they point.
export async function mixed(population, phase, until) {
  const [progress, { done }] = await Promise.all([
    moves(population, phase, until),
    signals(population, { ...phase, rate: phase.signals }, until),
  ]);
  return { ...progress, signals: done };
}

// Everyone present answers the poll once, within `seconds`. `lastMs`: from the last answer until all screens have it.
export async function answers(population, { seconds }, until) {
  const people = population.present;
  const [calls, screens] = [new Calls(), new Screens(population)];
  await atRate(people.length / seconds, seconds, (n) => {
    calls.make(people[n], "polls", "answer", { poll: "bench", option: String(1 + (n % 3)) });
  });
  const lastAt = performance.now();
  await calls.settled(until);
  const all = () => people.every((viewer) => viewer.rooms.cell("polls", "bench")?.answers === calls.acks);
  while (!all() && performance.now() < until) await sleep(10);
  const lastMs = all() ? Math.round(performance.now() - lastAt) : null;
  return { ...calls.summary(), done: lastMs === null ? 0 : calls.acks, lastMs, ...screens.summary() };
}

// `rate` reactions a second: set by turns, and taken back when all are set. `told`: the sum of what the screens show.
export async function reactions(population, { rate, seconds }, until) {
  const people = population.present;
  const [calls, screens, random] = [new Calls(), new Screens(population), new Random(4)];
  await atRate(rate, seconds, (n) => {
    const turn = Math.floor(n / people.length);
    const kind = KINDS[turn % KINDS.length];
    // Some take theirs back, so that the numbers do not only rise.
    const on = turn < KINDS.length || random.below(1) < 0.5;
    calls.make(people[n % people.length], "reactions", "react", { at: "exercise", kind, on });
  });
  await calls.settled(until);
  // The ticks under way.
  await sleep(1000);
  return { ...calls.summary(), told: toldBy(people), ...screens.summary() };
}

// The numbers of every lesson, each as its screens show it; null if two screens of one lesson differ.
function toldBy(people) {
  const lessons = new Map();
  for (const viewer of people) {
    const shown = JSON.stringify(Object.entries(viewer.rooms.cells("reactions")).sort());
    if ((lessons.get(viewer.place) ?? shown) !== shown) return null;
    lessons.set(viewer.place, shown);
  }
  const numbers = [...lessons.values()].flatMap((shown) => JSON.parse(shown).flatMap(([, row]) => Object.values(row)));
  return numbers.reduce((sum, number) => sum + number, 0);
}

function sharing(population, { share = 1 }) {
  return population.present.filter((viewer) => viewer.index % share === 0);
}

// Calls under way, and how long each took to be answered.
class Calls {
  made = 0;
  acks = 0;
  failed = 0;
  latencies = new Latencies();

  make(viewer, room, call, given) {
    this.made += 1;
    const started = performance.now();
    viewer.call(room, call, given).then(
      () => {
        this.acks += 1;
        this.latencies.add(performance.now() - started);
      },
      () => (this.failed += 1),
    );
  }

  async settled(until) {
    while (this.acks + this.failed < this.made && performance.now() < until) await sleep(10);
  }

  summary() {
    return { done: this.acks, of: this.made, acks: this.acks, ack: this.latencies.summary() };
  }
}

// The events that each screen is sent from now on.
class Screens {
  constructor(population) {
    this.viewers = population.present;
    this.before = this.viewers.map((viewer) => viewer.events);
    this.startedAt = performance.now();
  }

  summary() {
    const seconds = (performance.now() - this.startedAt) / 1000;
    const most = this.viewers.reduce((most, viewer, n) => Math.max(most, viewer.events - this.before[n]), 0);
    return { eventsAScreen: Math.round((most / seconds) * 100) / 100 };
  }
}
