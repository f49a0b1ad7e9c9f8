import assert from "node:assert/strict";
import test from "node:test";
import { WavesSeen } from "../../../static/js/live/waves_seen.js";

const wave = (key, at) => ({ from: { key, name: key }, at });

test("a wave is shown once, and the next one of the same person too", () => {
  const waves = new WavesSeen();
  assert.ok(waves.isNew(wave("ada", 1_000)));
  assert.ok(!waves.isNew(wave("ada", 1_000)));
  assert.ok(waves.isNew(wave("grace", 900)));
  assert.ok(waves.isNew(wave("ada", 301_000)));
});

test("a wave is an answer for five minutes after mine", () => {
  const waves = new WavesSeen();
  assert.ok(!waves.hasSent("ada", 0));
  waves.sent("ada", 1_000);
  assert.ok(waves.hasSent("ada", 300_000));
  assert.ok(!waves.hasSent("grace", 300_000));
  assert.ok(!waves.hasSent("ada", 301_000));
});
