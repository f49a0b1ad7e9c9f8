import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { closeness, groups, nearestPlace, order, thereSince } from "../../static/js/presence/model/closeness.js";
import { findHelper, ownStudyStatus } from "../../static/js/presence/model/peer_help.js";

const cases = JSON.parse(readFileSync(new URL("../presence/closeness_cases.json", import.meta.url)));

for (const { rule, me, places, closeness: expected } of cases.closeness) {
  test(`closeness: ${rule}`, () => assert.equal(closeness(me, { places }), expected));
}

for (const { rule, me, people, order: expected, groups: expectedGroups } of cases.order) {
  test(`order: ${rule}`, () => {
    for (const shuffled of [people, people.toReversed()]) {
      assert.deepEqual(order(me, shuffled).map(({ key }) => key), expected);
      const found = [...groups(me, shuffled)].map(([name, members]) => [name, members.map(({ key }) => key)]);
      assert.deepEqual(found, Object.entries(expectedGroups));
    }
  });
}

for (const { rule, me, people, ahead: expected } of cases.ahead) {
  test(`one step ahead: ${rule}`, () => assert.equal(findHelper(me, people)?.key ?? null, expected));
}

test("what I say is what others get of me; only where I am not listed it is what I said last", () => {
  const me = { place: "a/b/c", key: "me" };
  const listed = { key: "me", company: { says: "stuck here", place: "a/b/c" } };
  assert.equal(ownStudyStatus(me, [listed], null), "stuck here");
  assert.equal(ownStudyStatus(me, [{ key: "me" }], { place: "a/b/c", says: "stuck here" }), "");
  assert.equal(ownStudyStatus(me, [{ ...listed, company: { says: "stuck here", place: "a/b/d" } }], null), "");
  assert.equal(ownStudyStatus(me, [], { place: "a/b/c", says: "happy to pair" }), "happy to pair");
  assert.equal(ownStudyStatus(me, [], { place: "a/b/d", says: "happy to pair" }), "");
});

test("the place that makes someone near is the one that is shown", () => {
  const me = { place: "a/b/c", before: null, after: "a/b/d", key: null };
  assert.equal(nearestPlace(me, { places: ["x", "a/b/d", "a/b/e"] }), "a/b/d");
  assert.equal(nearestPlace(me, { places: [] }), undefined);
});

test("on my lesson, the time there counts and not the time on the site", () => {
  const me = { place: "web/rooms/join" };
  assert.equal(thereSince(me, { since: 1000, arrived: { join: 1060, intro: 1030 } }), 1060);
  assert.equal(thereSince(me, { since: 1000, arrived: { intro: 1030 } }), 1000);
  assert.equal(thereSince(me, { since: 1000 }), 1000);
});
