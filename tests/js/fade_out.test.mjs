import assert from "node:assert/strict";
import test from "node:test";
import { DepartureCount } from "../../static/js/presence/dom/fade_out.js";

test("a fall of the number says once that someone left", () => {
  const departures = new DepartureCount();
  departures.record(5, 0);
  assert.equal(departures.take(1), false);
  departures.record(4, 10);
  departures.record(4, 20);
  assert.deepEqual([departures.take(1), departures.take(1)], [true, false]);
});

test("a fall long ago says nothing about now, and a rise is no fall", () => {
  const departures = new DepartureCount();
  departures.record(5, 0);
  departures.record(4, 10);
  departures.record(4, 4_000);
  assert.equal(departures.take(1), false);
  departures.record(9, 4_001);
  assert.equal(departures.take(1), false);
});
