// Cells are values by name. The names may be those of users, so an object of cells has no prototype. Pure.

// The changes between two sets of cells, null for a cell that is gone.
export function changes(before, now) {
  const changed = Object.create(null);
  for (const name of Object.keys(before)) if (!(name in now)) changed[name] = null;
  for (const name of Object.keys(now)) {
    if (JSON.stringify(before[name]) !== JSON.stringify(now[name])) changed[name] = now[name];
  }
  return changed;
}

export function withoutPrototype(object) {
  const copy = Object.create(null);
  for (const [name, value] of Object.entries(object ?? {})) copy[name] = value;
  return copy;
}
