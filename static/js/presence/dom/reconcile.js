// Make the list show `items` in order with as few DOM changes as possible. `make(item)` creates a missing element,
// `fill(element, item, index)` updates one. Elements whose key is not in `items` are removed, unless `stays(key)`: another
// list is about to take them. Elements without a key are left alone.
export function reconcile(list, items, make, fill, stays = () => false) {
  const wanted = new Set(items.map((item) => item.key));
  const present = new Map();
  for (const child of [...list.children]) {
    const { key } = child.dataset;
    if (wanted.has(key)) present.set(key, child);
    else if (key && !stays(key)) child.remove();
  }
  const next = (element) => {
    while (element && !wanted.has(element.dataset.key)) element = element.nextElementSibling;
    return element;
  };
  let cursor = next(list.firstElementChild);
  items.forEach((item, index) => {
    const element = present.get(item.key) ?? make(item);
    fill(element, item, index);
    // If one element moved down, move that one instead of all the others.
    if (cursor && element === next(cursor.nextElementSibling)) {
      list.append(cursor);
      cursor = element;
    }
    if (element === cursor) cursor = next(cursor.nextElementSibling);
    else list.insertBefore(element, cursor);
  });
}
