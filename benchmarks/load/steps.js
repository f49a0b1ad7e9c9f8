// More and more moves and pages per second, until the server has no time left, and the waits of those who move and of
// those who open pages.

import { Latencies } from "./latency.js";
import { atRate, sleep } from "./pace.js";
import { moves } from "./phases.js";
import { lesson } from "./places.js";
import { usage } from "./process.js";

const ANSWER_MS = 3_000;
const PAGE_MS = 10_000;

// One step: `rate` moves and `pages` lesson pages a second, evenly. `core` is how much of one core the server used
// meanwhile, in per cent; a step whose moves are not answered soon afterwards is the last one.
export async function step(population, { rate, pages, seconds, sections }, until) {
  const patience = Math.min(until, performance.now() + seconds * 1000 + ANSWER_MS);
  const [progress, waits, core] = await Promise.all([
    moves(population, { rate, seconds, sections }, patience),
    visit(population, pages, seconds, sections),
    share(population.pid, seconds),
  ]);
  return { ...progress, asked: pages, pages: waits, core };
}

// Opens lesson pages at a rate, each as another user, without waiting for those before.
async function visit({ url, cookies }, rate, seconds, sections) {
  const latencies = new Latencies();
  const site = url.replace(/^ws/, "http");
  const opened = [];
  await atRate(rate, seconds, (n) => {
    const headers = cookies ? { Cookie: `session=${cookies[n % cookies.length]}` } : {};
    opened.push(open(`${site}/courses/${lesson((n * 8) % (sections * 8))}`, headers, latencies));
  });
  await Promise.all(opened);
  return { ...latencies.summary(), failed: opened.length - latencies.all.length };
}

async function open(url, headers, latencies) {
  const started = performance.now();
  const answer = await fetch(url, { headers, signal: AbortSignal.timeout(PAGE_MS) }).catch(() => null);
  await answer?.text().catch(() => null);
  if (answer?.ok) latencies.add(performance.now() - started);
}

// In per cent of one core.
async function share(pid, seconds) {
  const [before, started] = [usage(pid).cpu, performance.now()];
  await sleep(seconds * 1000);
  const used = (1000 * (usage(pid).cpu - before)) / (performance.now() - started);
  return Math.round(1000 * used) / 10;
}
