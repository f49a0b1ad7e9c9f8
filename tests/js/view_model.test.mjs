import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { groups } from "../../static/js/presence/model/closeness.js";
import { merge } from "../../static/js/presence/model/merge.js";
import { heatLevel, nearCount, faceCount, visibleRows, groupSizes } from "../../static/js/presence/model/group_sizes.js";
import { parentOf, topicsOf } from "../../static/js/presence/model/places.js";
import { stableOrder } from "../../static/js/presence/model/stable_order.js";
import { Topics } from "../../static/js/presence/model/topics.js";
import { buildView } from "../../static/js/presence/model/view_model.js";

const person = (key, places, more = {}) => ({ key, name: key, avatar: "", role: "learner", places, status: "active", since: 1, ...more });
const topic = (name, ...people) => ({ name, people: new Map(people.map((one) => [one.key, one])) });
const me = { place: "a/b/c", before: "a/b/b", after: "a/d/a", key: "me", visibility: "everyone" };

function told(states) {
  const topics = new Topics(() => {});
  topics.watch(topicsOf(me.place));
  for (const [name, people, counts, total] of states) {
    topics.state({ topic: name, epoch: "e", seq: 1, people, counts, total });
  }
  return topics;
}

test("topics and parents of places", () => {
  assert.deepEqual(topicsOf(""), [""]);
  assert.deepEqual(topicsOf("a"), ["", "a"]);
  assert.deepEqual(topicsOf("a/b/c"), ["", "a", "a/b"]);
  assert.deepEqual([parentOf("a/b/c"), parentOf("a")], [["a/b", "c"], ["", "a"]]);
});

test("a person of several topics is one, with the places of all and the fields of the innermost", () => {
  const merged = merge([topic("", person("x", ["a/b/c", "q/r/s"], { status: "away" })), topic("a/b", person("x", ["a/b/c"]))]);
  assert.deepEqual(merged, [person("x", ["a/b/c", "q/r/s"])]);
});

test("an outer topic that lags does not hold someone where they no longer are", () => {
  const merged = merge([topic("", person("x", ["a/b/old"])), topic("a", person("x", ["a/b/old"])), topic("a/b", person("x", ["a/b/new"]))]);
  assert.deepEqual(merged[0].places, ["a/b/new"]);
});

const cases = JSON.parse(readFileSync(new URL("../presence/numbers_cases.json", import.meta.url)));

for (const { rule, me, at, people, sizes } of cases) {
  test(rule, () => assert.deepEqual(Object.fromEntries(groupSizes(me, (place) => at[place] ?? 0, groups(me, people))), sizes));
}

test("a view knows the numbers of other sections where they have been told", () => {
  const near = person("x", ["a/b/c"]);
  const view = buildView(me, told([["", [near], { a: 12, z: 8 }, 21], ["a", [near], { b: 7, d: 5 }, 12], ["a/b", [near], { b: 2, c: 3, e: 2 }, 7]]), new Map([["a/d", new Map([["a", 4]])]]));
  assert.deepEqual([view.total, view.others, view.near, view.inCourse], [21, 20, 8, 12]);
  assert.deepEqual([view.at("a/b/c"), view.at("a/d/a"), view.at("a/q/r")], [3, 4, undefined]);
});

test("near are the others on my lesson and next door", () => {
  const sizes = new Map([["same lesson", 3], ["next door", 2]]);
  assert.deepEqual([nearCount(sizes, { visibility: "anonymous" }), nearCount(sizes, { visibility: "hidden" })], [4, 5]);
});

test("a list that is being read keeps its order, and newcomers come last", () => {
  const people = ["e", "a", "d", "b"].map((key) => ({ key }));
  assert.deepEqual(stableOrder(people, ["a", undefined, "b", "c"]).map(({ key }) => key), ["a", "b", "e", "d"]);
  assert.deepEqual(stableOrder(people, []), people);
});

test("I am on this page while the server still has me on the one before", () => {
  const mine = person("me", ["a/b/b"]);
  const view = buildView(me, told([["", [mine], { a: 1 }, 1], ["a", [mine], { b: 1 }, 1], ["a/b", [mine], { b: 1 }, 1]]), new Map());
  assert.deepEqual([...view.groups.keys()], ["same lesson"]);
});

test("a pile never ends in +1", () => {
  assert.deepEqual(faceCount(5, 5, 5), { shown: 5, more: 0 });
  assert.deepEqual(faceCount(6, 6, 5), { shown: 4, more: 2 });
  assert.deepEqual(faceCount(24, 300, 5), { shown: 5, more: 295 });
  assert.deepEqual(faceCount(0, 3, 5), { shown: 0, more: 0 });
  assert.deepEqual(faceCount(1, 2, 5), { shown: 1, more: 0 });
  for (let total = 0; total < 40; total++) assert.notEqual(faceCount(total, total, 5).more, 1);
});

test("a group shows one row more rather than a +1", () => {
  assert.deepEqual(visibleRows(6, 6, 5), { rows: 6, more: 0, rest: 0 });
  assert.deepEqual(visibleRows(7, 9, 5), { rows: 5, more: 4, rest: 2 });
  assert.deepEqual(visibleRows(2, 5, 5), { rows: 2, more: 0, rest: 3 });
});

test("heat has five shades", () => assert.deepEqual([0, 1, 2, 3, 7, 8, 19, 20, 999].map(heatLevel), [0, 1, 1, 2, 2, 3, 3, 4, 4]));
