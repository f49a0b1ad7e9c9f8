import assert from "node:assert/strict";
import test from "node:test";
import { inWords, roundOf, ROUND_MS, turnOf, WORK_MS } from "../../../static/js/live/round.js";

const at = (gone, paused_at = null) => roundOf({ since: 1_000, paused_at }, 1_000 + gone);

test("25 minutes of work, then a 5-minute break, then it is over", () => {
  assert.deepEqual(at(0), { phase: "work", leftMs: WORK_MS, isPaused: false });
  assert.deepEqual(at(WORK_MS), { phase: "rest", leftMs: ROUND_MS - WORK_MS, isPaused: false });
  assert.equal(at(ROUND_MS).phase, "over");
  assert.equal(roundOf(undefined, 0).phase, "idle");
});

test("a round that is held stands still, and a clock that is behind does no harm", () => {
  assert.deepEqual(at(10 * ROUND_MS, 61_000), { phase: "work", leftMs: WORK_MS - 60_000, isPaused: true });
  assert.equal(at(-500).leftMs, WORK_MS);
});

test("the words", () => {
  assert.equal(inWords(at(1_500)), "24:59 of work");
  assert.equal(inWords(at(0, 61_000)), "24:00 of work, paused");
  assert.equal(inWords(at(WORK_MS + 1)), "5:00 of rest");
  assert.equal(turnOf("work", "rest"), "25 minutes are over. Rest for five.");
  assert.equal(turnOf("idle", "rest"), "");
});
