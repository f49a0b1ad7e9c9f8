// The phases of a workload. Each gets the population and its own numbers, and returns how much it did of how much.
// A seeded generator draws everything random, so every server gets the same requests.

import { homeOf, lesson, nextLesson } from "./places.js";
import { atRate, sideBySide, sleep } from "./pace.js";
import { Pages } from "./pages.js";
import { Random } from "./random.js";

export { day } from "./day.js";

const HANDSHAKES_AT_A_TIME = 100;
const RETRY_MS = 1000;

// Everyone comes, as fast as the server takes them in, spread evenly over `sections`.
// Or, with `lessons`, over so many lessons alone.
export async function join(population, { sections, lessons }, until) {
  const viewers = population.viewers;
  let done = 0;
  await sideBySide(viewers.length, HANDSHAKES_AT_A_TIME, until, async (n) => {
    if (await persist(() => viewers[n].open(lessons ? lesson(n % lessons) : homeOf(n, sections)), until)) done += 1;
  });
  return { done, of: viewers.length };
}

// A browser whose connection failed tries again after a second, and so does everyone here. Tells whether it worked.
async function persist(open, until) {
  while (performance.now() < until) {
    if (await open().then(() => true, () => false)) return true;
    await sleep(RETRY_MS);
  }
  return false;
}

// No one does anything.
export async function idle(population, { seconds }) {
  await sleep(seconds * 1000);
  return { done: seconds, of: seconds };
}

// `rate` people a second, chosen at random, turn to the next lesson; after the last one comes the first.
export async function moves(population, { rate, seconds, sections }, until) {
  const random = new Random(1);
  let taken = 0;
  let failed = 0;
  await atRate(rate, seconds, () => {
    const viewer = random.of(population.viewers);
    if (!viewer.section) return;
    viewer.move(nextLesson(viewer.place, sections)).then(() => (taken += 1), () => (failed += 1));
  });
  while (taken + failed < population.sightings.made && performance.now() < until) await sleep(50);
  return { done: taken, of: population.sightings.made };
}

// The same, while someone opens pages.
export async function busy(population, phase, until) {
  const pages = new Pages(population);
  const progress = await moves(population, phase, until);
  return { ...progress, pages: await pages.stop() };
}

// The same again, to see that it is as before.
export const calm = busy;

// Everyone's connection drops at once, and everyone is back within `seconds`, where they were.
export async function reload(population, { seconds }, until) {
  const random = new Random(2);
  const viewers = population.present;
  for (const viewer of viewers) viewer.close();
  let done = 0;
  const back = viewers.map(async (viewer) => {
    await sleep(random.below(seconds * 1000));
    if (await persist(() => viewer.open(viewer.place), until)) done += 1;
  });
  await Promise.race([Promise.all(back), sleep(until - performance.now())]);
  return { done, of: viewers.length };
}
