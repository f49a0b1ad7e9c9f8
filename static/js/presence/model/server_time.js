// How far the server's clock is ahead of this device's, by the Date header of an answer.

const NEAR_S = 5;
let ahead = 0;

// `date` is the header's text; `nowMs` is this device's time when the answer came.
export function noteDate(date, nowMs = Date.now()) {
  const difference = (Date.parse(date) - nowMs) / 1000;
  // An answer takes a moment to arrive; so little does not make the clock wrong.
  ahead = Math.abs(difference) < NEAR_S || Number.isNaN(difference) ? 0 : difference;
}

// Seconds to add to this device's time.
export function serverAhead() {
  return ahead;
}
