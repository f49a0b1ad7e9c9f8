// The phase of a round of the study timer: 25 minutes of work, then a 5-minute break. Pure. Times are milliseconds of the server.
export const WORK_MS = 25 * 60_000;
export const ROUND_MS = 30 * 60_000;

// `timer` is {since, paused_at} or undefined. Returns the phase ("idle", "work", "rest" or "over"), what is left of it, and
// whether it is held.
export function roundOf(timer, now) {
  if (!timer) return { phase: "idle", leftMs: 0, isPaused: false };
  const isPaused = timer.paused_at !== null;
  const gone = Math.max(0, (isPaused ? timer.paused_at : now) - timer.since);
  if (gone >= ROUND_MS) return { phase: "over", leftMs: 0, isPaused: false };
  const end = gone < WORK_MS ? WORK_MS : ROUND_MS;
  return { phase: gone < WORK_MS ? "work" : "rest", leftMs: end - gone, isPaused };
}

export function inWords({ phase, leftMs, isPaused }) {
  if (phase === "idle") return "25 minutes of work, then a 5-minute break";
  if (phase === "over") return "This round is over";
  const seconds = Math.ceil(leftMs / 1000);
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return `${clock} of ${phase === "work" ? "work" : "rest"}${isPaused ? ", paused" : ""}`;
}

// The sentence that is said once when a phase gives way to the next.
export function turnOf(before, phase) {
  if (before === "work" && phase === "rest") return "25 minutes are over. Rest for five.";
  if (before === "rest" && phase === "over") return "The break is over. Start another round whenever you like.";
  return "";
}
