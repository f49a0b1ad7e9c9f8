import assert from "node:assert/strict";
import test from "node:test";
import * as drift from "../../../static/js/live/drift.js";
import { seeded } from "./random.mjs";

const STEP_MS = 250;
const at = (target, current, now, more = {}) => ({ target, current, now, ready: true, ...more });

test("a drift of up to 80 ms is left alone", () => {
  for (const off of [0, 0.04, -0.0799]) {
    const { rate, seek } = drift.step(drift.START, at(10, 10 - off, 0));
    assert.deepEqual([rate, seek], [1, null]);
  }
});

test("a correction goes on below 80 ms, down to 30 ms", () => {
  let { state, rate } = drift.step(drift.START, at(10, 9.9, 0));
  assert.ok(rate > 1);
  ({ state, rate } = drift.step(state, at(10, 9.95, 250)));
  assert.ok(rate > 1);
  ({ state, rate } = drift.step(state, at(10, 9.98, 500)));
  assert.equal(rate, 1);
});

test("a nudge is a quarter of the drift a second and never over 6 %", () => {
  assert.ok(Math.abs(drift.step(drift.START, at(10, 9.8, 0)).rate - 1.05) < 1e-9);
  assert.ok(Math.abs(drift.step(drift.START, at(10, 8.6, 0)).rate - 1.06) < 1e-9);
  assert.ok(Math.abs(drift.step(drift.START, at(10, 11.4, 0)).rate - 0.94) < 1e-9);
  assert.ok(Math.abs(drift.step(drift.START, at(10, 8.6, 0, { speed: 2 })).rate - 2.12) < 1e-9);
});

test("above 1.5 s one seek, aimed ahead by what the last ones cost", () => {
  let { state, seek } = drift.step(drift.START, at(10, 5, 0));
  assert.ok(Math.abs(seek - 10.65) < 1e-9);
  state = drift.sought(state, 0.8);
  assert.equal(drift.step(state, at(11.8, 10, 1_000)).seek, null);
  assert.ok(Math.abs(drift.step(state, at(30, 5, 60_000)).seek - 30.95) < 1e-9);
  assert.ok(Math.abs(drift.step(state, at(30, 5, 60_000, { speed: 2 })).seek - 31.9) < 1e-9);
});

test("only the last four seeks count, and none for more than 5 s", () => {
  const state = [60, 1, 1, 1, 1].reduce(drift.sought, drift.START);
  assert.ok(Math.abs(drift.aimAhead(state) - 1.15) < 1e-9);
  assert.ok(drift.aimAhead(drift.sought(drift.START, 60)) <= 5.15);
});

test("seeks that do not help become rare: 5, 10, 20, 40 s apart and no more often", () => {
  let state = drift.START;
  const seeks = [];
  for (let now = 0; now < 200_000; now += STEP_MS) {
    const next = drift.step(state, at(100, 90, now));
    state = next.state;
    if (next.seek !== null) seeks.push(now / 1000);
  }
  assert.deepEqual(seeks.slice(0, 6), [0, 5, 15, 35, 75, 115]);
});

test("nothing is corrected while the player is not ready", () => {
  const { state, rate, seek } = drift.step(drift.START, at(10, 1, 0, { ready: false, speed: 1.5 }));
  assert.deepEqual([state, rate, seek], [drift.START, 1.5, null]);
});

test("an order may seek at once, whatever peace there was", () => {
  const { state } = drift.step(drift.START, at(10, 5, 0));
  assert.equal(drift.step(state, at(60, 10, 1_000)).seek, null);
  assert.notEqual(drift.step(drift.ordered(state), at(60, 10, 1_000)).seek, null);
});

// A player with a clock of its own, which seeks as slowly as it likes and stalls when it likes.
class Player {
  constructor(random) {
    this.random = random;
    this.position = random() * 120;
    this.clock = 1 + (random() - 0.5) * 0.02;
    this.seekMs = random() * 3_000;
    this.busyUntil = 0;
    this.rate = 1;
  }

  advance(now) {
    if (now >= this.busyUntil) this.position += (STEP_MS / 1000) * this.rate * this.clock;
  }

  get reading() {
    return this.position + (this.random() - 0.5) * 0.02;
  }

  // Seeks, then waits until the others have come to the same position. Returns what the seek cost, in seconds.
  seek(position, target, now) {
    const cost = this.seekMs * (0.8 + this.random() * 0.4);
    this.position = position;
    this.busyUntil = now + Math.max(cost, (position - target) * 1_000);
    return cost / 1_000;
  }

  stall(now) {
    this.busyUntil = Math.max(this.busyUntil, now + 500 + this.random() * 3_000);
  }
}

function watch(random, { seconds, stallsUntil }) {
  const player = new Player(random);
  let state = drift.START;
  const told = { drifts: [], seeks: [], turns: 0 };
  let direction = 0;
  for (let now = 0; now < seconds * 1_000; now += STEP_MS) {
    player.advance(now);
    if (now < stallsUntil * 1_000 && random() < 0.01) player.stall(now);
    const target = 40 + now / 1000;
    const next = drift.step(state, at(target, player.reading, now, { ready: now >= player.busyUntil }));
    state = next.state;
    player.rate = next.rate;
    if (next.seek !== null) {
      told.seeks.push(now);
      state = drift.sought(state, player.seek(next.seek, target, now));
    }
    const turn = Math.sign(Math.round((next.rate - 1) * 1e6));
    if (turn && direction && turn !== direction) told.turns += 1;
    direction = turn || direction;
    told.drifts.push(target - player.position);
  }
  return told;
}

test("300 viewers with bad clocks, slow seeks and stalls all come together", () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const { drifts, seeks } = watch(seeded(seed), { seconds: 240, stallsUntil: 120 });
    const last = drifts.slice(-80).map(Math.abs);
    assert.ok(Math.max(...last) <= 0.12, `seed ${seed}: ${Math.max(...last)} s off at the end`);
    for (const [index, seek] of seeks.slice(1).entries()) {
      assert.ok(seek - seeks[index] >= drift.PEACE_MS, `seed ${seed}: two seeks within 5 s`);
    }
  }
});

test("without stalls one or two seeks are enough, and the rate does not swing to and fro", () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const { seeks, turns } = watch(seeded(seed), { seconds: 180, stallsUntil: 0 });
    assert.ok(seeks.length <= 2, `seed ${seed}: ${seeks.length} seeks`);
    assert.ok(turns <= 2, `seed ${seed}: the correction changed its direction ${turns} times`);
  }
});
