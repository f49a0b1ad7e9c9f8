// A long list of people, or a row of buttons (data-roving="row"), is one stop of the Tab key; arrows, Home and End move inside it.

const ENDS = [["Home", -Infinity], ["End", Infinity]];
const LIST_STEPS = new Map([["ArrowDown", 1], ["ArrowUp", -1], ...ENDS]);
const ROW_STEPS = new Map([["ArrowRight", 1], ["ArrowLeft", -1], ...ENDS]);

export function start() {
  document.addEventListener("keydown", (event) => move(event));
  document.addEventListener("focusin", ({ target }) => {
    const list = target.closest?.("[data-roving]");
    if (list) settle(list, target);
  });
}

// Called whenever the content of the lists may have changed: exactly one thing in each can be reached by Tab.
export function arrive() {
  for (const list of document.querySelectorAll("[data-roving]")) {
    const stop = list.querySelector('[tabindex="0"]');
    // Most changes leave that as it was, and to look at every link of a crowd would cost more than the change.
    if (!stop?.checkVisibility() || list.querySelector(":is(a[href], button):not([tabindex])")) settle(list, stop);
  }
}

function move(event) {
  const list = event.target.closest?.("[data-roving]");
  const step = (list?.dataset.roving === "row" ? ROW_STEPS : LIST_STEPS).get(event.key);
  if (!list || step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  const stops = stopsOf(list);
  const index = Math.min(stops.length - 1, Math.max(0, stops.indexOf(event.target) + step));
  event.preventDefault();
  stops[index]?.focus();
}

function settle(list, wanted) {
  const stops = stopsOf(list);
  const current = stops.includes(wanted) ? wanted : stops[0];
  for (const stop of stops) {
    const index = stop === current ? 0 : -1;
    if (stop.tabIndex !== index || !stop.hasAttribute("tabindex")) stop.tabIndex = index;
  }
}

function stopsOf(list) {
  return [...list.querySelectorAll("a[href], button")].filter((stop) => stop.checkVisibility());
}
