// The numbers and words of a poll's card that change while it is shown.
import { countdown, nextChangeMs } from "./countdown.js";
import { bars, outcome, present } from "./share.js";

// The bars of one round; `numbers` are {option: n}.
export function fillBars(list, numbers) {
  const items = [...list.querySelectorAll("[data-option]")];
  const drawn = bars(numbers, items.map(({ dataset }) => dataset.option));
  const whole = drawn.reduce((sum, { part }) => sum + part, 0);
  drawn.forEach(({ part, words }, index) => {
    const item = items[index];
    setText(slot(item, "words"), whole ? words : "");
    const bar = item.querySelector("progress");
    if (bar.max !== (whole || 1)) bar.max = whole || 1;
    if (bar.value !== part) bar.value = part;
  });
}

// "Right. 11 of 16 chose the same."
export function fillResult(card, numbers, mine) {
  const result = slot(card, "result");
  if (!result?.dataset.verdict) return;
  const options = new Set([...card.querySelectorAll("[data-option]")].map(({ dataset }) => dataset.option));
  const told = [...options].reduce((sum, option) => sum + (numbers[option] ?? 0), 0);
  setText(result, outcome(result.dataset.verdict, numbers[mine] ?? 0, told));
}

// For an instructor; `told` is {answered, here, advice}.
export function fillClass(card, told) {
  if (!told) return;
  setText(slot(card, "class"), present(told.answered, told.here));
  setText(slot(card, "advice"), told.advice ?? "");
}

// Counts down from the seconds that were left when the server made the card. Returns a function that stops it.
export function showCountdown(card) {
  const { left } = card.dataset;
  if (left === undefined) return () => {};
  const end = performance.now() + Number(left) * 1000;
  const line = slot(card, "countdown");
  let timer;
  const show = () => {
    const rest = end - performance.now();
    setText(line, countdown(rest));
    if (rest > 0) timer = setTimeout(show, nextChangeMs(rest));
  };
  show();
  return () => clearTimeout(timer);
}

export const slot = (element, name) => element.querySelector(`[data-slot="${name}"]`);

// Returns whether it is another text than before.
export function setText(element, text) {
  if (!element || element.textContent === text) return false;
  element.textContent = text;
  return true;
}
