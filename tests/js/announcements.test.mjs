import assert from "node:assert/strict";
import test from "node:test";
import { Announcer, INTERVAL_MS, sentenceFor } from "../../static/js/presence/model/announcements.js";

const people = (...names) => names.map((name) => ({ key: name, name }));

test("people who are there when I come are not announced, those who come later are", () => {
  const announcer = new Announcer();
  assert.equal(announcer.update("a/b/c", people("Ada"), 1, 0).sentence, undefined);
  assert.equal(announcer.update("a/b/c", people("Ada", "Grace"), 2, 5).sentence, "Grace is on this lesson now.");
});

test("one sentence at most every ten seconds, about all that happened since", () => {
  const announcer = new Announcer();
  announcer.update("a/b/c", [], 0, 0);
  announcer.update("a/b/c", people("Ada"), 1, 0);
  assert.deepEqual(announcer.update("a/b/c", people("Ada", "Grace"), 2, 4_000), { isStale: false, wait: 6_000 });
  assert.equal(announcer.update("a/b/c", people("Grace", "Alan"), 2, INTERVAL_MS).sentence, "Grace and Alan are on this lesson now. 1 person has left.");
});

test("someone who came and became less visible in between is never named", () => {
  const announcer = new Announcer();
  announcer.update("a/b/c", [], 0, 0);
  announcer.update("a/b/c", people("Ada"), 1, 0);
  announcer.update("a/b/c", people("Ada", "Grace"), 2, 1);
  const later = announcer.update("a/b/c", people("Ada"), 2, INTERVAL_MS);
  assert.deepEqual(later, { isStale: false });
});

test("what was said must be taken back when it names someone who is gone", () => {
  const announcer = new Announcer();
  announcer.update("a/b/c", [], 0, 0);
  announcer.update("a/b/c", people("Ada"), 1, 0);
  assert.equal(announcer.update("a/b/c", [], 1, 10).isStale, true);
});

test("another lesson begins in silence", () => {
  const announcer = new Announcer();
  announcer.update("a/b/c", [], 0, 0);
  assert.equal(announcer.update("a/b/d", people("Ada", "Grace"), 2, 1).sentence, undefined);
});

test("sentences", () => {
  assert.equal(sentenceFor(["Ada", "Grace", "Alan"], 0), "Ada, Grace and Alan are on this lesson now.");
  assert.equal(sentenceFor(["A", "B", "C", "D"], 2), "A, B and 2 more are on this lesson now. 2 people have left.");
  assert.equal(sentenceFor([], 1), "1 person has left.");
});
