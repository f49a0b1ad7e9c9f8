// Roving tabindex (WAI-ARIA practices): a list of people, or a row of buttons (data-roving="row"), is one Tab stop; arrow keys,
// Home and End move inside it.

const ENDS = [["Home", -Infinity], ["End", Infinity]];
const LIST_STEPS = new Map([["ArrowDown", 1], ["ArrowUp", -1], ...ENDS]);
const ROW_STEPS = new Map([["ArrowRight", 1], ["ArrowLeft", -1], ...ENDS]);

export function start() {
  document.addEventListener("keydown", (event) => move(event));
  document.addEventListener("focusin", ({ target }) => {
    const list = target.closest?.("[data-roving]");
    if (list) setTabStop(list, target);
  });
}

// Call after lists may have changed: makes exactly one item of each list reachable by Tab.
export function arrive() {
  for (const list of document.querySelectorAll("[data-roving]")) {
    const stop = list.querySelector('[tabindex="0"]');
    // Most changes keep the tab stop. Checking every link of a crowd would cost more than the change itself.
    if (!stop?.checkVisibility() || list.querySelector(":is(a[href], button:enabled):not([tabindex])")) setTabStop(list, stop);
  }
}

function move(event) {
  const list = event.target.closest?.("[data-roving]");
  const step = (list?.dataset.roving === "row" ? ROW_STEPS : LIST_STEPS).get(event.key);
  if (!list || step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  const items = itemsOf(list);
  const index = Math.min(items.length - 1, Math.max(0, items.indexOf(event.target) + step));
  event.preventDefault();
  items[index]?.focus();
}

function setTabStop(list, wanted) {
  const items = itemsOf(list);
  const current = items.includes(wanted) ? wanted : items[0];
  for (const stop of items) {
    const index = stop === current ? 0 : -1;
    if (stop.tabIndex !== index || !stop.hasAttribute("tabindex")) stop.tabIndex = index;
  }
}

function itemsOf(list) {
  return [...list.querySelectorAll("a[href], button:enabled")].filter((stop) => stop.checkVisibility());
}
