// Pacing: at a rate, a few at a time, or once the server is quiet.

import { setTimeout as sleep } from "node:timers/promises";

export { sleep };

const STEP_MS = 5;

// Calls `act(n)` for n = 0, 1, … at `rate` a second for `seconds`, evenly. Does not wait for what it returns.
export async function atRate(rate, seconds, act) {
  const started = performance.now();
  for (let done = 0; done < rate * seconds; ) {
    const due = Math.min(rate * seconds, ((performance.now() - started) / 1000) * rate);
    while (done < due) act(done++);
    await sleep(STEP_MS);
  }
}

// Runs `act(n)` for n below `count`, at most `width` at a time, until `until` (performance.now()).
export async function sideBySide(count, width, until, act) {
  let next = 0;
  async function worker() {
    while (next < count && performance.now() < until) {
      await act(next++);
    }
  }
  await expires(Promise.all(Array.from({ length: width }, worker)), until);
}

// Waits until no one has been sent anything for `ms`. Returns whether that came before `until`.
export async function quiet(population, ms, until) {
  population.heardAt = performance.now();
  while (performance.now() - population.heardAt < ms) {
    if (performance.now() > until) return false;
    await sleep(50);
  }
  return true;
}

async function expires(promise, until) {
  const over = new AbortController();
  const limit = sleep(Math.max(0, until - performance.now()), null, { signal: over.signal }).catch(() => {});
  await Promise.race([promise, limit]);
  over.abort();
}
