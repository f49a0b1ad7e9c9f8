import assert from "node:assert/strict";
import test from "node:test";
import { Activity, HIDDEN_MS, IDLE_MS } from "../../static/js/presence/model/idle_timer.js";

test("away after five minutes without input, back at once", () => {
  const activity = new Activity(0);
  assert.equal(activity.next, IDLE_MS);
  assert.equal(activity.at(IDLE_MS - 1), "active");
  assert.equal(activity.at(IDLE_MS), "away");
  activity.input(IDLE_MS + 5);
  assert.equal(activity.at(IDLE_MS + 5), "active");
});

test("away after a minute in a hidden tab, back when it is seen", () => {
  const activity = new Activity(0);
  activity.visibility(1_000, true);
  activity.visibility(30_000, true);
  assert.equal(activity.at(1_000 + HIDDEN_MS - 1), "active");
  assert.equal(activity.at(1_000 + HIDDEN_MS), "away");
  activity.visibility(90_000, false);
  assert.equal(activity.at(90_000), "active");
  assert.equal(activity.next, 90_000 + IDLE_MS);
});

test("a hidden tab is away after a minute whatever input it had", () => {
  const activity = new Activity(0, true);
  activity.input(HIDDEN_MS - 1);
  assert.equal(activity.at(HIDDEN_MS), "away");
});
