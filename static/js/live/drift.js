// Keeps one player in step with the time that a room agrees on. Pure: the caller reads the player and does what this says.
//
// A small drift is left alone, a middling one is corrected by playing a little faster or slower, a large one by a seek
// that is aimed ahead by what this viewer's own seeks have cost. Seeks are what people hear and see, so they are rare: after
// one there are 5 s of peace, and if it did not help, 10, 20 and then 40. Speed, then skip: Jellyfin's SyncPlay.
//
// Positions and drifts are seconds, `now` is milliseconds of any steady clock.

const LEFT_ALONE_S = 0.08;
const CLOSE_ENOUGH_S = 0.03;
const SEEK_ABOVE_S = 1.5;
const NUDGE_LIMIT = 0.06;
export const PEACE_MS = 5_000;
const LONGEST_PEACE_MS = 40_000;
const SEEKS_REMEMBERED = 4;
const LONGEST_SEEK_S = 5;
const FIRST_COST_S = 0.5;
const MARGIN_S = 0.15;
const NUDGE_PER_SECOND = 1 / 4;
// Setting a new rate each time would make the sound waver.
const RATE_STEP = 0.005;

export const START = Object.freeze({
  correcting: false,
  costs: [],
  peaceMs: PEACE_MS,
  peaceUntil: -Infinity,
  seekedAt: -Infinity,
});

// An order has moved the common time: the seek that follows is the order's, not a correction.
export function ordered(state) {
  return { ...state, correcting: false, peaceMs: PEACE_MS, peaceUntil: -Infinity, seekedAt: -Infinity };
}

// The state after this moment, the rate to play at, and the position to seek to, or null. A seek aims ahead: the player
// waits there until the others arrive, and reports by `sought` what it cost.
// `ready` is false while the player stalls, seeks or has only just started: its position says nothing then.
export function step(state, { target, current, ready, now, speed = 1 }) {
  if (!ready) return { state, rate: speed, seek: null };
  const drift = target - current;
  if (Math.abs(drift) > SEEK_ABOVE_S && now >= state.peaceUntil) return seek(state, target, now, speed);
  const correcting = Math.abs(drift) > (state.correcting ? CLOSE_ENOUGH_S : LEFT_ALONE_S);
  return { state: { ...state, correcting }, rate: speed * (correcting ? 1 + nudge(drift) : 1), seek: null };
}

// How far ahead of the target to aim: what the last seeks have cost, and a little more, because a wait is exact and a delay is not.
export function aimAhead({ costs }) {
  const mean = costs.length ? costs.reduce((sum, cost) => sum + cost, 0) / costs.length : FIRST_COST_S;
  return mean + MARGIN_S;
}

// A seek of this viewer's took so many seconds until the picture could go on.
export function sought(state, seconds) {
  const cost = Math.min(Math.max(seconds, 0), LONGEST_SEEK_S);
  return { ...state, costs: [...state.costs, cost].slice(-SEEKS_REMEMBERED) };
}

function seek(state, target, now, speed) {
  const helped = now - state.seekedAt > 2 * state.peaceMs;
  const peaceMs = helped ? PEACE_MS : Math.min(2 * state.peaceMs, LONGEST_PEACE_MS);
  const next = { ...state, correcting: false, seekedAt: now, peaceMs, peaceUntil: now + peaceMs };
  return { state: next, rate: speed, seek: target + aimAhead(state) * speed };
}

function nudge(drift) {
  const wanted = Math.min(Math.max(drift * NUDGE_PER_SECOND, -NUDGE_LIMIT), NUDGE_LIMIT);
  return Math.sign(wanted) * Math.max(Math.round(Math.abs(wanted) / RATE_STEP), 1) * RATE_STEP;
}
