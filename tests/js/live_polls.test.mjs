// The live halves of polls without a browser: bars as sentences, and the countdown.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { countdown, nextChangeMs, secondsShown } from "../../static/js/live/countdown.js";
import * as share from "../../static/js/live/share.js";

const cases = JSON.parse(readFileSync(new URL("../live/polls/share_cases.json", import.meta.url)));

for (const { call, with: arguments_, gives } of cases) {
  test(`${call}(${arguments_.join(", ")})`, () => assert.equal(share[call](...arguments_), gives));
}

test("bars hold every option of the page, and nothing of options that are gone", () => {
  assert.deepEqual(share.bars({ 2: 3, 9: 4 }, ["1", "2"]), [
    { option: "1", part: 0, percent: 0, words: "0 of 3, 0 %" },
    { option: "2", part: 3, percent: 100, words: "3 of 3, 100 %" },
  ]);
});

test("bars of nothing are empty, not NaN", () => {
  assert.deepEqual(share.bars({}, ["1"]), [{ option: "1", part: 0, percent: 0, words: "0 of 0, 0 %" }]);
});

test("a countdown speaks every ten seconds, then in each of the last five", () => {
  const said = new Set();
  for (let left = 60_000; left > 0; left -= 100) said.add(secondsShown(left));
  assert.deepEqual([...said], [60, 50, 40, 30, 20, 10, 5, 4, 3, 2, 1]);
  assert.equal(countdown(1000), "Closes in 1 second.");
  assert.equal(countdown(0), "Closing.");
});

test("following the hints of a countdown misses none of its words", () => {
  const said = [];
  for (let left = 31_234; left > 0; left -= nextChangeMs(left)) said.push(secondsShown(left));
  assert.deepEqual([...new Set(said)], [40, 30, 20, 10, 5, 4, 3, 2, 1]);
});
