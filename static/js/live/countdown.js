// The words of a countdown, without a DOM: every 10 seconds, then each of the last 5.

const STEP_S = 10;
const LAST_S = 5;

export function secondsShown(leftMs) {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  return seconds <= LAST_S ? seconds : Math.ceil(seconds / STEP_S) * STEP_S;
}

export function countdown(leftMs) {
  const seconds = secondsShown(leftMs);
  if (seconds === 0) return "Closing.";
  return seconds === 1 ? "Closes in 1 second." : `Closes in ${seconds} seconds.`;
}

// How long the words hold: until the next step down.
export function nextChangeMs(leftMs) {
  const seconds = Math.ceil(leftMs / 1000);
  const next = seconds <= LAST_S ? seconds - 1 : Math.max(LAST_S, (Math.ceil(seconds / STEP_S) - 1) * STEP_S);
  return Math.max(50, leftMs - next * 1000);
}
