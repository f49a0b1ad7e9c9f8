// The live features of a page: each is a module of static/js/live, loaded only where an element has data-live="its name".
//
// A module exports arrive(elements, rooms), called with the new elements of every page that has some, and may export
// leave(), called when the last of them has gone. `rooms` are the page's (presence/rooms.js). An element has data-arrived
// once its module listens: until then its forms and links work as they do without JavaScript.
const present = new Map();

// On the page before, and not on this one.
export function leave() {
  for (const [name, { elements, module }] of present) {
    if (elements.some((element) => element.isConnected)) continue;
    present.delete(name);
    module.then(({ leave: left }) => left?.());
  }
}

export function arrive(rooms) {
  const found = new Map();
  for (const element of document.querySelectorAll("[data-live]")) {
    const { live: name } = element.dataset;
    if (!present.get(name)?.elements.includes(element)) found.set(name, [...(found.get(name) ?? []), element]);
  }
  for (const [name, elements] of found) {
    const module = import(`../live/${name}.js`);
    present.set(name, { elements: [...(present.get(name)?.elements ?? []), ...elements], module });
    module.then(({ arrive: listen }) => start(listen, elements, rooms));
  }
}

function start(listen, elements, rooms) {
  if (!elements.every((element) => element.isConnected)) return;
  listen(elements, rooms);
  for (const element of elements) element.dataset.arrived = "";
}
