// A day of a large course in as little time as the server needs.
//
// 60 of 100 events turn to the next lesson, 30 go away from the screen and come back, 10 leave and return (a page that
// is loaded again). Everyone waits for the answer to one event before the next, and makes at most `RATE` a
// second, under the 20 that one connection may make. An event counts when it is answered.

import { sleep } from "./pace.js";
import { nextLesson } from "./places.js";
import { Random } from "./random.js";

const RATE = 15;
// Going away and coming back are two events of one draw, so 80 draws make 100 events.
const [TURN, PAUSE] = [60 / 80, 75 / 80];

export async function day(population, { events, sections }, until) {
  const course = { left: events, done: 0, sections, until };
  const people = population.viewers.map((viewer) => study(viewer, new Random(viewer.index + 3), course));
  await Promise.race([Promise.all(people), sleep(until - performance.now())]);
  // Those who still wait for an answer do nothing more when it comes.
  course.left = 0;
  return { done: course.done, of: events };
}

async function study(viewer, random, course) {
  while (course.left > 0 && performance.now() < course.until) {
    const dice = random.below(1);
    for (const event of dice < TURN ? [turn] : dice < PAUSE ? [goAway, comeBack] : [leave, come]) {
      const pause = sleep(1000 / RATE);
      course.left -= 1;
      await event(viewer, course).then(() => (course.done += 1), () => {});
      await pause;
    }
  }
}

async function turn(viewer, { sections }) {
  await viewer.move(nextLesson(viewer.place, sections));
}

async function goAway(viewer) {
  await viewer.sendStatus("away");
}

async function comeBack(viewer) {
  await viewer.sendStatus("active");
}

async function leave(viewer) {
  viewer.close();
}

async function come(viewer) {
  await viewer.open(viewer.place);
}
