// The words of the player. Pure. live/watching/words.py has the same times for the first paint.

// "1:34", "1:02:05".
export function durationOf(seconds) {
  const whole = Math.floor(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n) => String(n).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

// For those who listen: "1 minute 4 of 1 minute 34".
export function positionInWords(seconds, length) {
  return `${spoken(seconds)} of ${spoken(length)}`;
}

function spoken(seconds) {
  const whole = Math.floor(seconds);
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  if (!minutes) return `${rest} ${rest === 1 ? "second" : "seconds"}`;
  return `${minutes} ${minutes === 1 ? "minute" : "minutes"}${rest ? ` ${rest}` : ""}`;
}

// "Grace paused"; someone anonymous has no name.
export function lineOf({ by, did }) {
  return `${by?.name ?? "Someone"} ${did}`;
}

export function watchersOf(total) {
  if (total <= 1) return "You're the first one here.";
  return `${total} people are watching.`;
}
