import assert from "node:assert/strict";
import test from "node:test";
import { classOf, countryOf, flagOf, hueOf, initialsOf, labelOf, markOf, namesOf, restOf, sinceOf, summaryOf } from "../../static/js/presence/model/text.js";

test("initials of all kinds of names", () => {
  const names = { "Ada": "A", "Ada Lovelace": "AL", "  ana  maria   de souza ": "AS", "李小龍": "李", "🦊 Foxy": "🦊F", "": "?", "  ": "?" };
  for (const [name, initials] of Object.entries(names)) assert.equal(initialsOf(name), initials);
});

test("a colour for every key", () => {
  assert.deepEqual(["0", "a7", "9", "af", "", "Z"].map(hueOf), [0, 7, 1, 7, 0, 7]);
});

test("how long somebody has been here", () => {
  assert.deepEqual([0, 59, 60, 3599, 3600, 90_000].map((age) => sinceOf(1_000, 1_000 + age)), ["just now", "just now", "since 1 min", "since 59 min", "since 1 h", "since 25 h"]);
  assert.equal(sinceOf(1_000, 900), "just now");
});

test("one sentence on the whole", () => {
  assert.deepEqual([summaryOf(1, 0), summaryOf(1, 1), summaryOf(9, 8)], ["Nobody else is here right now.", "1 person is studying now.", "9 people are studying now."]);
  assert.deepEqual([classOf(23, 4, 1), classOf(1, 0, 0), classOf(1, 0, 1)], ["23 people are in this course now, 4 near you", "1 person is in this course now", "You are the only one in this course now"]);
});

test("who is at a place", () => {
  const people = [{ name: "Ada" }, { name: "Grace" }];
  assert.deepEqual([namesOf(people, 2), namesOf(people, 5), namesOf([], 3)], ["Ada, Grace", "Ada, Grace and 3 more", ""]);
});

test("marks and rests", () => {
  assert.deepEqual(["learner", "instructor", "simulated"].map((role) => markOf({ key: "x", role }, { key: "me" })), ["", "instructor", "simulated"]);
  assert.equal(markOf({ key: "me", role: "instructor" }, { key: "me" }), "you");
  assert.deepEqual(["learner", "simulated"].map((role) => labelOf({ name: "Ada", role })), ["Ada", "Ada, simulated"]);
  assert.deepEqual([restOf(3, 2), restOf(1, 0)], ["and 3 more", "1 person, without a name"]);
});

test("a country's flag and name, and nothing for none", () => {
  assert.deepEqual(["PT", "AX", ""].map(flagOf), ["🇵🇹", "🇦🇽", ""]);
  assert.deepEqual(["PT", "AX", "ZZZ", "__", ""].map(countryOf), ["Portugal", "Åland Islands", "", "", ""]);
});
