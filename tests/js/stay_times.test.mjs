import assert from "node:assert/strict";
import { test } from "node:test";
import { lessonPeople } from "../../static/js/classroom/lesson_people.js";
import { GAP_MS, longestPresent, stayText, Stays } from "../../static/js/classroom/stay_times.js";

const MINUTE_MS = 60_000;

function person(key, place, more = {}) {
  return { key, name: key, role: "learner", status: "active", since: 0, places: [place], ...more };
}

test("a stay that was there at the first look may be longer than it was seen", () => {
  const stays = new Stays();
  stays.note("web/a", [person("ada", "web/a/one")], 0);
  stays.note("web/a", [person("ada", "web/a/one"), person("bo", "web/a/one")], MINUTE_MS);
  const [ada, bo] = longestPresent(stays.of(["web/a"]));
  assert.equal(stayText(ada, 12 * MINUTE_MS), "on it for at least 12 min");
  assert.equal(stayText(bo, 12 * MINUTE_MS), "on it for 11 min");
  assert.equal(stayText(bo, MINUTE_MS + 1), "just came to it");
  assert.equal(stayText(ada, 1), "");
  assert.equal(stayText(bo, 66 * MINUTE_MS), "on it for 1 h 5 min");
});

test("another lesson is another stay, and coming back begins a new one", () => {
  const stays = new Stays();
  stays.note("web/a", [person("ada", "web/a/one")], 0);
  stays.note("web/a", [person("ada", "web/a/two")], MINUTE_MS);
  stays.note("web/a", [person("ada", "web/a/one")], 2 * MINUTE_MS);
  assert.deepEqual(longestPresent(stays.of(["web/a"])).map(({ from, isWhole }) => [from, isWhole]), [[2 * MINUTE_MS, true]]);
});

test("what was out of sight is not counted as seen", () => {
  const stays = new Stays();
  stays.note("web/a", [person("ada", "web/a/one")], 0);
  stays.note("web/a", [person("ada", "web/a/one")], GAP_MS + 1);
  assert.equal(stays.of(["web/a"])[0].from, GAP_MS + 1);
  assert.equal(stays.of(["web/a"])[0].isWhole, false);
});

test("of those who were there already, the one who has been on the site longest is first; instructors are left out", () => {
  const stays = new Stays();
  const people = [person("ada", "web/a/one", { since: 9 }), person("bo", "web/a/one", { since: 3 }), person("m", "web/a/one", { role: "instructor" })];
  stays.note("web/a", people, 0);
  assert.deepEqual(longestPresent(stays.of(["web/a", "web/b"])).map(({ person: { key } }) => key), ["bo", "ada"]);
  assert.ok(stays.knows(["web/a"]) && !stays.knows(["web/a", "web/b"]));
  stays.forget();
  assert.deepEqual(stays.of(["web/a"]), []);
});

test("a lesson has its people, the active first, and everyone else as a number", () => {
  const people = [person("ada", "web/a/one", { status: "away" }), person("bo", "web/a/one", { since: 5 }), person("cy", "web/a/two")];
  const { size, shown, rest } = lessonPeople("web/a/one", { people, counts: { one: 4 }, total: 5 });
  assert.deepEqual([size, shown.map(({ key }) => key), rest], [4, ["bo", "ada"], 2]);
  assert.deepEqual(lessonPeople("web/a/none", { people, counts: {}, total: 5 }), { size: 0, shown: [], rest: 0 });
});
