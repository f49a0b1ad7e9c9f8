import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { TimeProbes } from "../../../static/js/live/watching/time_probes.js";

const settle = () => new Promise((resolve) => setImmediate(resolve));

test("four probes on joining, then one a minute, however often it is joined again", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let [asked, known] = [0, 0];
  const probes = new TimeProbes(async () => ({ now: (asked += 1) }), () => (known += 1));
  for (let join = 0; join < 5; join += 1) probes.start();
  await settle();
  asked = 0;
  for (let n = 0; n < 12; n += 1) {
    mock.timers.tick(250);
    await settle();
  }
  assert.equal(asked, 3);
  mock.timers.tick(60_000);
  await settle();
  assert.equal(asked, 4);
  assert.equal(known, 1);
  probes.stop();
  mock.timers.tick(600_000);
  await settle();
  assert.equal(asked, 4);
  mock.timers.reset();
});

test("one that is not answered is followed by another", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let asked = 0;
  const probes = new TimeProbes(async () => {
    asked += 1;
    if (asked === 1) throw new Error("There is no connection right now.");
    return { now: 7 };
  }, () => {});
  probes.start();
  await settle();
  assert.equal(probes.isKnown, false);
  mock.timers.tick(250);
  await settle();
  assert.equal(probes.isKnown, true);
  mock.timers.reset();
});
