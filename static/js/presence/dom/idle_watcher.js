// Reports when the user becomes away or active again. The rule is in model/idle_timer.js.
import { IdleTimer } from "../model/idle_timer.js";

const INPUT_EVENTS = ["pointerdown", "pointermove", "keydown", "scroll", "touchstart"];

export function watchIdle(report) {
  const idle = new IdleTimer(performance.now(), document.hidden);
  let reported = "active";
  let timeout;
  const check = () => {
    const now = performance.now();
    const status = idle.at(now);
    if (status !== reported) report((reported = status));
    clearTimeout(timeout);
    if (status === "active") timeout = setTimeout(check, idle.next - now);
  };
  const onInput = () => {
    idle.input(performance.now());
    // The running timeout checks again later; only a return is reported immediately.
    if (reported === "away") check();
  };
  for (const name of INPUT_EVENTS) addEventListener(name, onInput, { passive: true, capture: true });
  document.addEventListener("visibilitychange", () => {
    idle.visibility(performance.now(), document.hidden);
    check();
  });
  check();
}
