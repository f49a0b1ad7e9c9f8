// Optimistic reactions without a browser: whatever arrives when, the page shows what the server will say.
import assert from "node:assert/strict";
import test from "node:test";

import { Optimistic } from "../../static/js/live/optimistic.js";

test("a press counts at once, and is not counted twice when the server has it", () => {
  const row = new Optimistic({ numbers: { clap: 3 } });
  assert.equal(row.press("clap"), true);
  assert.deepEqual([row.isOn("clap"), row.number("clap")], [true, 4]);
  row.confirm("clap", true, { clap: 4 });
  row.told({ clap: 4 });
  assert.deepEqual([row.isOn("clap"), row.number("clap")], [true, 4]);
});

test("a number that arrives while a press is under way does not undo it", () => {
  const row = new Optimistic({ numbers: { clap: 3 } });
  row.press("clap");
  row.told({ clap: 7 });
  assert.deepEqual([row.isOn("clap"), row.number("clap")], [true, 8]);
});

test("a refused press goes back", () => {
  const row = new Optimistic({ numbers: { clap: 3 }, mine: ["clap"] });
  assert.equal(row.press("clap"), false);
  assert.equal(row.number("clap"), 2);
  row.fail("clap", false);
  assert.deepEqual([row.isOn("clap"), row.number("clap")], [true, 3]);
});

test("pressing twice in haste ends as pressed last, whichever answer comes first", () => {
  const row = new Optimistic({ numbers: { aha: 1 } });
  assert.deepEqual([row.press("aha"), row.press("aha")], [true, false]);
  row.confirm("aha", true, { aha: 2 });
  assert.deepEqual([row.isOn("aha"), row.number("aha")], [false, 1]);
  row.confirm("aha", false, { aha: 1 });
  assert.deepEqual([row.isOn("aha"), row.number("aha")], [false, 1]);
});

test("what a hidden person presses moves no number", () => {
  const row = new Optimistic({ numbers: { love: 2 }, counts: false });
  row.press("love");
  assert.deepEqual([row.isOn("love"), row.number("love")], [true, 2]);
});

test("a single lost person is not a number", () => {
  const row = new Optimistic();
  row.press("lost");
  assert.deepEqual([row.isOn("lost"), row.number("lost")], [true, 0]);
  row.confirm("lost", true, { lost: 2 });
  assert.equal(row.number("lost"), 2);
  row.press("lost");
  assert.equal(row.number("lost"), 0);
});

// A server that sets what is wanted, a channel that keeps the order of each direction, and others who press as well.
function play(random) {
  const row = new Optimistic();
  let [others, mine] = [0, false];
  const [out, back] = [[], []];
  const numbers = () => ({ clap: others + Number(mine) });
  const steps = [
    () => out.push(row.press("clap")),
    () => out.length && ((mine = out.shift()), back.push({ on: mine, numbers: numbers() })),
    () => ((others += 1), back.push({ numbers: numbers() })),
    () => back.length && hear(back.shift()),
  ];
  function hear({ on, numbers }) {
    if (on === undefined) row.told(numbers);
    else row.confirm("clap", on, numbers);
  }
  for (let step = 0; step < 200; step++) steps[Math.floor(random() * steps.length)]();
  while (out.length) steps[1]();
  while (back.length) hear(back.shift());
  assert.equal(row.isOn("clap"), mine);
  assert.equal(row.number("clap"), others + Number(mine));
}

test("after any interleaving, page and server agree", () => {
  for (let seed = 1; seed <= 300; seed++) {
    let state = seed;
    play(() => (state = (state * 48271) % 2147483647) / 2147483647);
  }
});
