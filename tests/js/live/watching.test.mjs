import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { GAP_MS, OrderQueue } from "../../../static/js/live/watching/order_queue.js";
import { durationOf, lineOf, positionInWords, watchersOf } from "../../../static/js/live/watching/words.js";

test("times in figures and in words", () => {
  assert.deepEqual([0, 6.9, 94, 3725].map(durationOf), ["0:00", "0:06", "1:34", "1:02:05"]);
  assert.equal(positionInWords(64.2, 94), "1 minute 4 of 1 minute 34");
  assert.equal(positionInWords(1, 120), "1 second of 2 minutes");
});

test("who did what, with or without a name", () => {
  assert.equal(lineOf({ by: { name: "Grace" }, did: "paused" }), "Grace paused");
  assert.equal(lineOf({ by: null, did: "jumped to 1:04" }), "Someone jumped to 1:04");
  assert.deepEqual([0, 1, 3].map(watchersOf), ["You're the first one here.", "You're the first one here.", "3 people are watching."]);
});

test("one order goes at once, the next after a second, and of each kind the last", () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000 });
  const sent = [];
  const queue = new OrderQueue((order) => sent.push(order));
  queue.put("play");
  queue.put("seek", { at: 10 });
  queue.put("pause");
  queue.put("seek", { at: 20 });
  assert.deepEqual(sent, [{ did: "play" }]);
  mock.timers.tick(GAP_MS);
  assert.deepEqual(sent.slice(1), [{ did: "pause" }]);
  mock.timers.tick(GAP_MS);
  assert.deepEqual(sent.slice(2), [{ did: "seek", at: 20 }]);
  queue.put("play");
  queue.clear();
  mock.timers.tick(5 * GAP_MS);
  assert.equal(sent.length, 3);
  mock.timers.reset();
});
