// Parts that have moved glide, and a glide that is under way goes on when the next change comes.
import assert from "node:assert/strict";
import { before, test } from "node:test";

import { flip } from "../../static/js/presence/dom/flip.js";

before(() => {
  globalThis.matchMedia = () => ({ matches: false });
});

// A row of a list at `top`; what has been animated is in `glides`.
class Row {
  glides = [];
  parentElement = { closest: () => null };

  constructor(top) {
    this.top = top;
  }

  checkVisibility = () => true;
  getBoundingClientRect = () => ({ top: this.top });
  getAnimations = () => this.glides;

  animate([from], options) {
    this.glides.push({ id: options.id, from: from.transform, ...options, isCancelled: false, cancel() { this.isCancelled = true; } });
  }
}

const list = (rows) => ({ checkVisibility: () => true, querySelectorAll: () => rows });

test("a row that has moved glides from where it was", () => {
  const [row, still] = [new Row(100), new Row(0)];
  flip(list([still, row]), () => (row.top = 160));
  assert.deepEqual(row.glides.map(({ from }) => from), ["translateY(-60px)"]);
  assert.equal(still.glides.length, 0);
});

test("a second change adds its own glide and lets the first one finish", () => {
  const row = new Row(100);
  flip(list([row]), () => (row.top = 160));
  flip(list([row]), () => (row.top = 180));
  assert.deepEqual(row.glides.map(({ from }) => from), ["translateY(-60px)", "translateY(-20px)"]);
  assert.ok(row.glides.every(({ isCancelled, composite }) => !isCancelled && composite === "add"));
});
