// The load generator: `node load/main.js '{"target": {…}, "phases": [{"name", "limit", …}]}'`.
//
// One process holds all viewers, so that a change and its sightings are on one clock. After each phase it waits until
// the server has fallen silent and writes one line of JSON: how far it got, and what that cost. A phase that has not
// come to its end within `limit` seconds is the last one.

import { monitorEventLoopDelay } from "node:perf_hooks";
import { quiet } from "./pace.js";
import * as phases from "./phases.js";
import * as roomPhases from "./room_phases.js";
import * as sharedPhases from "./shared_phases.js";
import { Population } from "./population.js";
import { usage } from "./process.js";
import { step } from "./steps.js";

const QUIET_MS = 1500;

const { target, phases: plan } = JSON.parse(process.argv[2]);
const population = new Population(target);
const before = usage(target.pid);

for (const phase of plan) {
  const result = await run(phase);
  console.log(JSON.stringify(result));
  if (!result.finished) break;
}
process.exit();

async function run(phase) {
  const until = performance.now() + phase.limit * 1000;
  const delay = monitorEventLoopDelay();
  const cpu = process.cpuUsage();
  population.sightings.reset();
  delay.enable();
  const start = population.count();
  const progress = await { ...phases, ...roomPhases, ...sharedPhases, step }[phase.kind ?? phase.name](population, phase, until);
  const actedAt = performance.now();
  const finished = progress.done >= progress.of && (await quiet(population, phase.quietMs ?? QUIET_MS, until));
  return { ...phase, finished, ...progress, ...cost(start, population.count(), actedAt), load: own(cpu, delay) };
}

function cost(start, end, actedAt) {
  return {
    present: population.present.length,
    seconds: rounded((Math.max(actedAt, population.heardAt) - start.at) / 1000),
    wallSeconds: rounded((end.at - start.at) / 1000),
    cpu: rounded(end.cpu - start.cpu),
    frames: end.frames - start.frames,
    events: end.events - start.events,
    bytes: end.bytes - start.bytes,
    lost: end.lost - start.lost,
    rssKB: end.rssKB,
    rssGrownKB: end.rssKB - before.rssKB,
    rssPhaseKB: end.rssKB - start.rssKB,
    ...population.sightings.summary(),
  };
}

// The CPU of the generator itself: near one second per second, or late by more than it measures, it measures itself.
function own(before, delay) {
  const { user, system } = process.cpuUsage(before);
  return { cpu: rounded((user + system) / 1e6), lateMs: { p99: rounded(delay.percentile(99) / 1e6), max: rounded(delay.max / 1e6) } };
}

function rounded(number) {
  return Math.round(number * 1000) / 1000;
}
