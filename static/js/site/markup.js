// Markup that only scripts need comes with the scripts: a browser keeps them, while each page is sent anew.
const parsed = new Map();

// The nodes of an HTML text of ours, as a fragment of their own. Nothing that a user has typed is ever part of such a text.
export function nodesOf(html) {
  if (!parsed.has(html)) {
    const nodes = document.createDocumentFragment();
    nodes.append(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    parsed.set(html, nodes);
  }
  return parsed.get(html).cloneNode(true);
}

export function elementOf(html) {
  return nodesOf(html).firstElementChild;
}
