import assert from "node:assert/strict";
import test from "node:test";
import { FADE_AFTER_MS, Glide } from "../../../static/js/live/glide.js";
import { seeded } from "./random.mjs";

test("a pointer glides to its place and arrives there", () => {
  const glide = new Glide({ block: 1, x: 0, y: 0 }, 0);
  glide.aim({ block: 1, x: 100, y: 50 }, 0);
  const { x } = glide.at(50, 100);
  assert.ok(Math.abs(x - 63.2) < 0.1);
  for (let now = 66; now < 1_000; now += 16) glide.at(now, 100);
  assert.deepEqual(glide.at(1_000, 100), { x: 100, y: 50 });
  assert.ok(glide.arrived);
});

test("it moves as fast on a quick screen as on a slow one", () => {
  const after = (frame) => {
    const glide = new Glide({ block: 1, x: 0, y: 0 }, 0);
    glide.aim({ block: 1, x: 1_000, y: 0 }, 0);
    for (let now = frame; now < 96; now += frame) glide.at(now, 100);
    return glide.at(96, 100).x;
  };
  assert.ok(Math.abs(after(4) - after(16)) < 1e-6);
});

test("another block is a hop", () => {
  const glide = new Glide({ block: 1, x: 0, y: 0 }, 0);
  glide.aim({ block: 2, x: 300, y: 900 }, 0);
  assert.deepEqual(glide.at(0, 100), { x: 300, y: 900 });
});

test("a resized window is no movement", () => {
  const glide = new Glide({ block: 1, x: 0, y: 0 }, 0);
  glide.place({ block: 1, x: 40, y: 20 });
  assert.deepEqual(glide.at(5, 100), { x: 40, y: 20 });
});

test("it fades 3 s after it was last told", () => {
  const glide = new Glide({ block: 1, x: 0, y: 0 }, 0);
  glide.aim({ block: 1, x: 9, y: 9 }, 1_000);
  assert.equal(glide.isFaded(1_000 + FADE_AFTER_MS - 1), false);
  assert.equal(glide.isFaded(1_000 + FADE_AFTER_MS), true);
});

test("it never goes past its target, however late the frames are", () => {
  for (let seed = 1; seed <= 100; seed += 1) {
    const random = seeded(seed);
    const glide = new Glide({ block: 0, x: 0, y: 0 }, 0);
    glide.aim({ block: 0, x: 500, y: -500 }, 0);
    let [now, last] = [0, 0];
    for (let frame = 0; frame < 60; frame += 1) {
      now += random() * 400;
      const { x, y } = glide.at(now, 50 + random() * 1_000);
      assert.ok(x >= last && x <= 500 && y >= -500 && y <= 0, `seed ${seed}`);
      last = x;
    }
  }
});
