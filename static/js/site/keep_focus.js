// Whoever goes through a page with the keyboard keeps their place in it, whatever changes below them.

// Let `change` move, replace or remove elements inside `root`. The focus stays on its element; where that can have it no
// more it goes to the first of `heirs()` that can.
export function keepFocus(root, change, heirs) {
  const focused = root.contains(document.activeElement) ? document.activeElement : null;
  change();
  if (!focused || document.activeElement === focused) return;
  const heir = [focused, ...heirs()].find((element) => element.isConnected && element.checkVisibility());
  heir?.focus({ preventScroll: true });
}
