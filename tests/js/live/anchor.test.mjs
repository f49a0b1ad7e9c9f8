import assert from "node:assert/strict";
import test from "node:test";
import * as anchor from "../../../static/js/live/anchor.js";
import { seeded } from "./random.mjs";

test("only a list of one or four whole numbers in their ranges is an anchor", () => {
  for (const good of [[0], [999], [3, -1, 500, 500], [3, 100_000, -2_000, 2_000]]) assert.ok(anchor.isAnchor(good));
  const bad = [null, 7, "3", {}, [], [1000], [-1], [1.5], [NaN], ["1"], [1, 2], [1, 2, 3], [1, 2, 3, 4, 5],
    [1, -2, 0, 0], [1, 100_001, 0, 0], [1, 0, 2_001, 0], [1, 0, 0, -2_001], [1, 0, Infinity, 0], [1, [2], 0, 0]];
  for (const value of bad) assert.ok(!anchor.isAnchor(value), JSON.stringify(value));
});

test("a place comes back where it was, to a hundredth of an em", () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const random = seeded(seed);
    const caret = { left: random() * 800, top: random() * 600 };
    const [em, mouse] = [12 + random() * 12, { x: caret.left + random() * 200 - 100, y: caret.top + random() * 100 }];
    const told = anchor.atLetter(4, 17, caret, em, mouse);
    const drawn = anchor.fromLetter(told, caret, em);
    assert.ok(Math.hypot(drawn.x - mouse.x, drawn.y - mouse.y) < em / 100, `seed ${seed}`);
    assert.ok(anchor.isAnchor(told));
  }
});

test("the same anchor follows the letter to another screen and another font size", () => {
  const told = anchor.atLetter(2, 5, { left: 100, top: 50 }, 16, { x: 108, y: 58 });
  assert.deepEqual(told, [2, 5, 50, 50]);
  assert.deepEqual(anchor.fromLetter(told, { left: 20, top: 400 }, 20), { x: 30, y: 410 });
});

test("too far from any letter is no anchor", () => {
  assert.equal(anchor.atLetter(2, 5, { left: 0, top: 0 }, 16, { x: 400, y: 0 }), null);
});

test("over a picture the place is a share of its box", () => {
  const told = anchor.inBox(1, { left: 10, top: 20, width: 400, height: 200 }, { x: 110, y: 170 });
  assert.deepEqual(told, [1, -1, 250, 750]);
  assert.deepEqual(anchor.fromBox(told, { left: 0, top: 0, width: 200, height: 100 }), { x: 50, y: 75 });
});

test("a box without a size is no anchor", () => {
  assert.equal(anchor.inBox(1, { left: 0, top: 0, width: 0, height: 0 }, { x: 5, y: 5 }), null);
});

test("one reads the block at a third of the window", () => {
  const boxes = [{ top: -500 }, { top: -20 }, { top: 190 }, { top: 210 }, { top: 900 }];
  assert.equal(anchor.readingBlock(boxes, 600), 2);
  assert.equal(anchor.readingBlock([{ top: 400 }], 600), 0);
  assert.equal(anchor.readingBlock([{ top: -900 }, { top: -300 }], 600), 1);
  assert.equal(anchor.readingBlock([], 600), null);
});

test("a letter is found in its text node, and counted back", () => {
  const lengths = [5, 0, 3, 8];
  assert.deepEqual(anchor.letterAt(lengths, 0), { index: 0, within: 0 });
  assert.deepEqual(anchor.letterAt(lengths, 5), { index: 2, within: 0 });
  assert.deepEqual(anchor.letterAt(lengths, 99), { index: 3, within: 7 });
  assert.equal(anchor.letterAt([0, 0], 0), null);
  assert.equal(anchor.letterAt([], 3), null);
  for (let offset = 0; offset < 16; offset += 1) {
    const { index, within } = anchor.letterAt(lengths, offset);
    assert.equal(anchor.offsetOf(lengths, index, within), offset);
  }
});

test("those out of view are counted above and below", () => {
  assert.deepEqual(anchor.outOfView([-1, 0, 599, 600, 2_000], 600), { above: 1, below: 2 });
});
