// Keeps the sections of the contents open that the user opened, from lesson to lesson, until the tab is closed.
const KEY = "open-sections";

export function start() {
  document.addEventListener("toggle", ({ target }) => target.matches?.(".contents-section") && save(target), { capture: true });
}

export function arrive() {
  const open = read();
  for (const section of document.querySelectorAll(".contents-section")) {
    if (open.has(section.dataset.section)) section.open = true;
  }
}

function save({ dataset: { section }, open }) {
  const sections = read();
  if (open) sections.add(section);
  else sections.delete(section);
  try {
    sessionStorage.setItem(KEY, JSON.stringify([...sections]));
  } catch {
    // Without storage the sections close on each visit.
  }
}

function read() {
  try {
    return new Set(JSON.parse(sessionStorage.getItem(KEY)) ?? []);
  } catch {
    return new Set();
  }
}
