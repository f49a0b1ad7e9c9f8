import assert from "node:assert/strict";
import test from "node:test";
import { isNeeded, ownStudyStatus, studyStatusRank } from "../../static/js/presence/model/peer_help.js";

const me = { key: "me", place: "a/b/two", before: "a/b/one", after: "a/b/three", visibility: "everyone" };
const person = (key, places, says, place = places[0]) => ({ key, places, ...(says && { company: { says, place } }) });
const mine = (says) => person("me", ["a/b/two"], says);

test("who is one lesson ahead of someone stuck is needed, and who has just finished that lesson", () => {
  assert.ok(isNeeded(me, [mine(), person("x", ["a/b/one"], "stuck here")]));
  assert.ok(isNeeded(me, [mine("just finished"), person("x", ["a/b/two"], "stuck here")]));
  assert.ok(!isNeeded(me, [mine(), person("x", ["a/b/two"], "stuck here")]));
  assert.ok(!isNeeded(me, [mine(), person("x", ["a/b/one"], "happy to pair")]));
  assert.ok(!isNeeded(me, [mine(), person("x", ["a/b/three"], "stuck here")]));
  assert.ok(!isNeeded(me, [mine("stuck here")]));
});

test("no one out of sight is needed: they could not help", () => {
  assert.ok(!isNeeded({ ...me, visibility: "hidden" }, [person("x", ["a/b/one"], "stuck here")]));
});

test("pairing is not a status that I have set, and moves no one up", () => {
  assert.equal(ownStudyStatus(me, [mine("pairing")], null), "");
  assert.equal(studyStatusRank(mine("pairing")), studyStatusRank(mine()));
});
