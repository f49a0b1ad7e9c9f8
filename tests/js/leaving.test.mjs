import assert from "node:assert/strict";
import test from "node:test";
import { Falls } from "../../static/js/presence/dom/fade_out.js";

test("a fall of the number says once that somebody left", () => {
  const falls = new Falls();
  falls.note(5, 0);
  assert.equal(falls.take(1), false);
  falls.note(4, 10);
  falls.note(4, 20);
  assert.deepEqual([falls.take(1), falls.take(1)], [true, false]);
});

test("a fall long ago says nothing about now, and a rise is no fall", () => {
  const falls = new Falls();
  falls.note(5, 0);
  falls.note(4, 10);
  falls.note(4, 4_000);
  assert.equal(falls.take(1), false);
  falls.note(9, 4_001);
  assert.equal(falls.take(1), false);
});
