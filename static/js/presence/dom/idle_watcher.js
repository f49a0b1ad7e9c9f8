// Watches for signs of life and tells when I become away or active again; the rule is in activity.js.
import { Activity } from "../model/idle_timer.js";

const SIGNS = ["pointerdown", "pointermove", "keydown", "scroll", "touchstart"];

export function watchAttention(tell) {
  const activity = new Activity(performance.now(), document.hidden);
  let told = "active";
  let timer;
  const look = () => {
    const now = performance.now();
    const status = activity.at(now);
    if (status !== told) tell((told = status));
    clearTimeout(timer);
    if (status === "active") timer = setTimeout(look, activity.next - now);
  };
  const sign = () => {
    activity.input(performance.now());
    // The timer that runs looks again by itself; only a return has to be told at once.
    if (told === "away") look();
  };
  for (const name of SIGNS) addEventListener(name, sign, { passive: true, capture: true });
  document.addEventListener("visibilitychange", () => {
    activity.visibility(performance.now(), document.hidden);
    look();
  });
  look();
}
