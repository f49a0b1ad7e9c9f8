import assert from "node:assert/strict";
import test from "node:test";
import { Topics } from "../../static/js/presence/model/topics.js";

const person = (key, status = "active") => ({ key, name: key, avatar: "", role: "learner", places: ["a/b/c"], status, since: 1 });

function watching(...names) {
  const asked = [];
  const topics = new Topics((topic) => asked.push(topic));
  topics.watch(names);
  return { topics, asked };
}

function state(seq, keys, more = {}) {
  return { topic: "a/b", epoch: "one", seq, people: keys.map((key) => person(key)), counts: { c: keys.length }, total: keys.length, ...more };
}

function diff(seq, parts) {
  return { topic: "a/b", epoch: "one", seq, ...parts };
}

const keys = (topics) => [...topics.get("a/b").people.keys()];

test("a state, then diffs in order", () => {
  const { topics, asked } = watching("a/b");
  assert.ok(topics.state(state(4, ["x"])));
  assert.ok(topics.diff(diff(5, { joins: [person("y")], counts: { c: 2 }, total: 2 })));
  assert.ok(topics.diff(diff(6, { updates: [person("x", "away")], leaves: ["y"], counts: { c: 1 }, total: 1 })));
  assert.deepEqual(keys(topics), ["x"]);
  assert.equal(topics.get("a/b").people.get("x").status, "away");
  assert.deepEqual([...topics.get("a/b").counts], [["c", 1]]);
  assert.deepEqual([topics.get("a/b").total, asked], [1, []]);
});

test("a count of nought takes the child away, and parts left out change nothing", () => {
  const { topics } = watching("a/b");
  topics.state(state(1, ["x"]));
  topics.diff(diff(2, { counts: { c: 0 } }));
  assert.deepEqual([[...topics.get("a/b").counts], topics.get("a/b").total, keys(topics)], [[], 1, ["x"]]);
});

test("diffs that come before the state wait for it, and those it holds already are dropped", () => {
  const { topics, asked } = watching("a/b");
  assert.equal(topics.diff(diff(6, { joins: [person("z")] })), false);
  topics.diff(diff(5, { joins: [person("y")] }));
  topics.diff(diff(4, { joins: [person("old")] }));
  topics.diff({ ...diff(5, { joins: [person("foreign")] }), epoch: "zero" });
  assert.ok(topics.state(state(4, ["x"])));
  assert.deepEqual([keys(topics), asked, topics.live], [["x", "y", "z"], [], true]);
});

test("an old diff is dropped", () => {
  const { topics, asked } = watching("a/b");
  topics.state(state(4, ["x"]));
  assert.equal(topics.diff(diff(4, { leaves: ["x"] })), false);
  assert.deepEqual([keys(topics), asked], [["x"], []]);
});

test("a gap asks for a state once, keeps what is known and heals", () => {
  const { topics, asked } = watching("a/b");
  topics.state(state(4, ["x"]));
  topics.diff(diff(6, { joins: [person("z")] }));
  topics.diff(diff(7, { leaves: ["x"] }));
  assert.deepEqual([asked, keys(topics), topics.known, topics.live], [["a/b"], ["x"], true, false]);
  assert.ok(topics.state(state(6, ["x", "y", "z"])));
  assert.deepEqual([asked, keys(topics), topics.live], [["a/b"], ["y", "z"], true]);
});

test("a gap behind the state asks again", () => {
  const { topics, asked } = watching("a/b");
  topics.diff(diff(9, { joins: [person("z")] }));
  topics.state(state(4, ["x"]));
  assert.deepEqual([asked, topics.live], [["a/b"], false]);
});

test("another epoch asks for a state, and a state of another epoch is taken whatever its number", () => {
  const { topics, asked } = watching("a/b");
  topics.state(state(90, ["x"]));
  topics.diff({ ...diff(1, { joins: [person("y")] }), epoch: "two" });
  assert.deepEqual(asked, ["a/b"]);
  assert.ok(topics.state(state(1, ["y"], { epoch: "two" })));
  assert.deepEqual(keys(topics), ["y"]);
  assert.ok(topics.state(state(0, [], { epoch: "three" })));
  assert.deepEqual(keys(topics), []);
});

test("a state that was overtaken changes nothing", () => {
  const { topics } = watching("a/b");
  topics.state(state(4, ["x"]));
  assert.equal(topics.state(state(3, [])), false);
  assert.deepEqual(keys(topics), ["x"]);
});

test("a new connection waits for a state of every topic and shows what it knew till then", () => {
  const { topics, asked } = watching("", "a");
  for (const topic of ["", "a"]) topics.state(state(4, ["x"], { topic }));
  topics.restart();
  assert.deepEqual([topics.known, topics.live], [true, false]);
  topics.diff({ ...diff(9, { leaves: ["x"] }), topic: "a" });
  for (const topic of ["", "a"]) topics.state(state(8, ["x"], { topic }));
  assert.deepEqual([topics.live, topics.get("a").people.size, asked], [true, 0, []]);
});

test("watching other topics keeps those that stay and forgets the rest", () => {
  const { topics } = watching("", "a/b");
  topics.state(state(1, ["x"]));
  assert.equal(topics.known, false);
  topics.watch(["a/b", "a"]);
  assert.deepEqual([keys(topics), topics.get(""), topics.known], [["x"], undefined, false]);
  assert.equal(topics.diff({ ...diff(2, {}), topic: "" }), false);
});

test("leaves of strangers and names that objects own do no harm", () => {
  const { topics } = watching("a/b");
  const people = ["__proto__", "constructor"].map((key) => person(key));
  topics.state({ ...state(1, []), people, counts: JSON.parse('{"__proto__": 3, "toString": 1}'), total: 4 });
  topics.diff(diff(2, { leaves: ["nobody", "hasOwnProperty"] }));
  assert.deepEqual(keys(topics), ["__proto__", "constructor"]);
  assert.equal(topics.get("a/b").counts.get("__proto__"), 3);
  assert.equal(topics.get("a/b").counts.get("valueOf"), undefined);
  topics.diff(diff(3, { leaves: ["__proto__"] }));
  assert.deepEqual(keys(topics), ["constructor"]);
});

test("messages of no topic, or of none that is watched, are nothing new", () => {
  const { topics } = watching("a/b");
  for (const message of [undefined, null, {}, { topic: "elsewhere" }]) {
    assert.deepEqual([topics.state(message), topics.diff(message)], [false, false]);
  }
});
