import assert from "node:assert/strict";
import test from "node:test";
import { noteDate, serverAhead } from "../../static/js/presence/model/server_time.js";

const DATE = "Wed, 25 Nov 2026 12:00:00 GMT";
const AT_MS = Date.parse(DATE);

test("a device whose clock is off is put right by the server's", () => {
  noteDate(DATE, AT_MS + 3 * 3600_000);
  assert.equal(serverAhead(), -3 * 3600);
  noteDate(DATE, AT_MS - 90_000);
  assert.equal(serverAhead(), 90);
});

test("the moment that an answer takes is no wrong clock", () => {
  noteDate(DATE, AT_MS + 4_000);
  assert.equal(serverAhead(), 0);
});

test("without a date the device's clock counts", () => {
  for (const date of [null, "", "nonsense"]) {
    noteDate(date, AT_MS);
    assert.equal(serverAhead(), 0);
  }
});
