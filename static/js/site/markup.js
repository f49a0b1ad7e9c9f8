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

// An icon of the sprite, as templates/macros/icon.html; withIcons() says where the sprite of this page is.
export function icon(name) {
  return `<svg aria-hidden="true"><use href="#${name}"/></svg>`;
}

export function withIcons(nodes) {
  const sprite = document.querySelector("use").getAttribute("href").split("#")[0];
  for (const use of nodes.querySelectorAll("use")) use.setAttribute("href", sprite + use.getAttribute("href"));
  return nodes;
}
