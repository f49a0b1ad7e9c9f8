import assert from "node:assert/strict";
import test from "node:test";
import { ServerClock, positionOf } from "../../../static/js/live/clock.js";
import { seeded } from "./random.mjs";

test("the offset is that of the quickest probe", () => {
  const clock = new ServerClock();
  assert.equal(clock.known, false);
  clock.heard(0, 5_400, 800);
  clock.heard(1_000, 6_020, 1_040);
  assert.equal(clock.now(2_000), 7_000);
});

test("a probe is forgotten after eight more", () => {
  const clock = new ServerClock();
  clock.heard(0, 100_000, 2);
  for (let n = 0; n < 8; n += 1) clock.heard(n, n + 50 + 5, n + 100);
  assert.equal(clock.now(0), 5);
});

test("a reply that is no number is passed over", () => {
  const clock = new ServerClock();
  for (const wrong of [undefined, null, NaN, "12"]) clock.heard(0, wrong, 10);
  assert.equal(clock.known, false);
});

test("with up to 300 ms of delay each way the error stays under half the shortest round trip", () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const random = seeded(seed);
    const [clock, ahead] = [new ServerClock(), (random() - 0.5) * 1e7];
    let shortest = Infinity;
    for (let n = 0; n < 8; n += 1) {
      const [asked, out, back] = [n * 250, 5 + random() * 300, 5 + random() * 300];
      clock.heard(asked, asked + out + ahead, asked + out + back);
      shortest = Math.min(shortest, out + back);
    }
    assert.ok(Math.abs(clock.now(9_000) - 9_000 - ahead) <= shortest / 2, `seed ${seed}`);
  }
});

test("a position moves with the clock while it plays, and stays within the video", () => {
  const clock = { playing: true, at: 10, since: 1_000, rate: 1.5 };
  assert.equal(positionOf(clock, 5_000, 94), 16);
  assert.equal(positionOf({ ...clock, playing: false }, 5_000, 94), 10);
  assert.equal(positionOf(clock, 500, 94), 10);
  assert.equal(positionOf(clock, 1e9, 94), 94);
});

test("after a clock has jumped the probes from before it count no more, however short their trip", () => {
  const clock = new ServerClock();
  clock.heard(1_000, 51_001, 1_002);
  clock.heard(61_000, 111_100, 61_200);
  assert.equal(clock.now(0), 50_000);
  // The laptop slept for ten minutes, and its steady clock with it.
  clock.heard(62_000, 712_080, 62_160);
  assert.equal(clock.now(0), 650_000);
});
