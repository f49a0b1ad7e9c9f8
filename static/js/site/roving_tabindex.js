// Roving tabindex (WAI-ARIA practices): a list of people, or a row of buttons (data-roving="row"), is one Tab stop; arrow keys,
// Home and End move inside it.

const ENDS = [["Home", -Infinity], ["End", Infinity]];
const LIST_STEPS = new Map([["ArrowDown", 1], ["ArrowUp", -1], ...ENDS]);
const INSIDE_STEPS = new Map([["ArrowRight", 1], ["ArrowLeft", -1]]);
const ROW_STEPS = new Map([["ArrowRight", 1], ["ArrowLeft", -1], ...ENDS]);

export function start() {
  document.addEventListener("keydown", (event) => move(event));
  document.addEventListener("focusin", ({ target }) => {
    const list = target.closest?.("[data-roving]");
    if (list) setTabStop(list, target);
  });
  // Nothing in a closed list can be a stop.
  document.addEventListener("toggle", arrive, true);
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
  if (!list || event.altKey || event.ctrlKey || event.metaKey) return;
  const [items, step] = way(list, event);
  if (step === undefined) return;
  const index = Math.min(items.length - 1, Math.max(0, items.indexOf(event.target) + step));
  event.preventDefault();
  items[index]?.focus();
}

// The items that a key moves through, and by how many. In a list of people up and down go from row to row, left and right inside one.
function way(list, { key, target }) {
  const items = itemsOf(list);
  if (list.dataset.roving === "row") return [items, ROW_STEPS.get(key)];
  if (INSIDE_STEPS.has(key)) return [items.filter((item) => rowOf(item) === rowOf(target)), INSIDE_STEPS.get(key)];
  const leads = leadsOf(items);
  return [leads.map((lead) => (rowOf(lead) === rowOf(target) ? target : lead)), LIST_STEPS.get(key)];
}

function setTabStop(list, wanted) {
  const items = itemsOf(list);
  const current = items.includes(wanted) ? wanted : leadsOf(items)[0];
  for (const stop of items) {
    const index = stop === current ? 0 : -1;
    if (stop.tabIndex !== index || !stop.hasAttribute("tabindex")) stop.tabIndex = index;
  }
}

// One item for each row: its link if it has one.
function leadsOf(items) {
  const leads = new Map();
  for (const item of items) {
    const row = rowOf(item);
    if (!leads.has(row) || (item.matches("a") && !leads.get(row).matches("a"))) leads.set(row, item);
  }
  return [...leads.values()];
}

// An item outside any person's row is a row by itself.
function rowOf(item) {
  return item.closest(".person") ?? item;
}

function itemsOf(list) {
  return [...list.querySelectorAll("a[href], button:enabled")].filter((stop) => stop.checkVisibility());
}
