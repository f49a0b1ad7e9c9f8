import assert from "node:assert/strict";
import test from "node:test";
import { IdleTimer, HIDDEN_MS, IDLE_MS } from "../../static/js/presence/model/idle_timer.js";

test("away after five minutes without input, back at once", () => {
  const timer = new IdleTimer(0);
  assert.equal(timer.next, IDLE_MS);
  assert.equal(timer.at(IDLE_MS - 1), "active");
  assert.equal(timer.at(IDLE_MS), "away");
  timer.input(IDLE_MS + 5);
  assert.equal(timer.at(IDLE_MS + 5), "active");
});

test("away after a minute in a hidden tab, back when it is seen", () => {
  const timer = new IdleTimer(0);
  timer.visibility(1_000, true);
  timer.visibility(30_000, true);
  assert.equal(timer.at(1_000 + HIDDEN_MS - 1), "active");
  assert.equal(timer.at(1_000 + HIDDEN_MS), "away");
  timer.visibility(90_000, false);
  assert.equal(timer.at(90_000), "active");
  assert.equal(timer.next, 90_000 + IDLE_MS);
});

test("a hidden tab is away after a minute whatever input it had", () => {
  const timer = new IdleTimer(0, true);
  timer.input(HIDDEN_MS - 1);
  assert.equal(timer.at(HIDDEN_MS), "away");
});
