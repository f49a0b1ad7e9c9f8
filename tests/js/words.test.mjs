import assert from "node:assert/strict";
import test from "node:test";
import { hueOf, initialsOf, labelOf, markOf, restOf, sinceOf, summaryOf } from "../../static/js/presence/words.js";

test("initials of all kinds of names", () => {
  const names = { "Ada": "A", "Ada Lovelace": "AL", "  ana  maria   de souza ": "AS", "李小龍": "李", "🦊 Foxy": "🦊F", "": "?", "  ": "?" };
  for (const [name, initials] of Object.entries(names)) assert.equal(initialsOf(name), initials);
});

test("a colour for every key", () => {
  assert.deepEqual(["0", "a7", "9", "af", "", "Z"].map(hueOf), [0, 7, 1, 7, 0, 7]);
});

test("how long somebody has been here", () => {
  assert.deepEqual([0, 59, 60, 3599, 3600, 90_000].map((age) => sinceOf(1_000, 1_000 + age)), ["just now", "just now", "for 1 min", "for 59 min", "for 1 h", "for 25 h"]);
  assert.equal(sinceOf(1_000, 900), "just now");
});

test("one sentence on the whole", () => {
  const me = { place: "a", visibility: "everyone" };
  assert.equal(summaryOf(1, 1, me), "Nobody else is here right now. Whoever comes will appear here.");
  assert.equal(summaryOf(1, 1, { ...me, visibility: "hidden" }), "1 person is studying now, 1 in this course.");
  assert.equal(summaryOf(9, 4, me), "9 people are studying now, 4 in this course.");
  assert.equal(summaryOf(9, 0, { ...me, place: "" }), "9 people are studying now.");
});

test("marks and rests", () => {
  assert.deepEqual(["learner", "instructor", "simulated"].map((role) => markOf({ key: "x", role }, { key: "me" })), ["", "instructor", "simulated"]);
  assert.equal(markOf({ key: "me", role: "instructor" }, { key: "me" }), "you");
  assert.deepEqual(["learner", "simulated"].map((role) => labelOf({ name: "Ada", role })), ["Ada", "Ada, simulated"]);
  assert.deepEqual([restOf(3, 2), restOf(1, 0)], ["and 3 more", "1 person, without a name"]);
});
