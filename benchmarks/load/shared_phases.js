// The phases of people who share pointers and a video on one lesson. As in phases.js, a phase returns how much it did of how much.

import { atRate, sideBySide, sleep } from "./pace.js";
import { lesson } from "./places.js";
import { Trail } from "./trail.js";

const AT_A_TIME = 20;

// Everyone comes to the first lesson and joins `rooms`; those who will move come first, since a room has so many slots.
export async function gather(population, { rooms, movers = 0 }, until) {
  const { viewers } = population;
  let done = 0;
  const come = async (viewer) => {
    await viewer.open(lesson(0));
    await viewer.joinRooms(rooms);
    done += 1;
  };
  for (const group of [viewers.slice(0, movers), viewers.slice(movers)]) {
    await sideBySide(group.length, AT_A_TIME, until, (n) => come(group[n]).catch(() => {}));
  }
  return { done, of: viewers.length };
}

// The first `movers` move their mice, each `rate` times a second, or as often as the page sends.
export async function point(population, { movers, rate, seconds }, until) {
  const trail = (population.trail = new Trail(population.sightings));
  await atRate(movers * (population.viewers[0].pointerRate ?? rate), seconds, (n) => {
    const [viewer, number] = [population.viewers[n % movers], 1 + Math.floor(n / movers)];
    trail.make(viewer.pointer, number);
    viewer.point(number);
  });
  return told(population, until);
}

// `rate` orders a second, each by the next person, move the common position of the video.
export async function watch(population, { rate, seconds }, until) {
  const trail = (population.trail = new Trail(population.sightings));
  let refused = 0;
  await atRate(rate, seconds, (n) => {
    trail.make("order", n + 1);
    population.viewers[n % population.viewers.length].order(n + 1).catch(() => (refused += 1));
  });
  return { ...(await told(population, until)), refused };
}

// Waits until the last of it has been shown.
async function told(population, until) {
  const { sightings } = population;
  while (sightings.seen < sightings.made && performance.now() < until) await sleep(20);
  return { done: sightings.seen, of: sightings.made };
}
