// Keeps the keyboard focus while elements are moved, replaced or removed.

// Run `change`, which may move, replace or remove elements inside `root`. The focus stays on its element; if that is gone or
// hidden, it goes to the first visible element of `heirs()`.
export function keepFocus(root, change, heirs) {
  const focused = root.contains(document.activeElement) ? document.activeElement : null;
  change();
  if (!focused || document.activeElement === focused) return;
  const heir = [focused, ...heirs()].find((element) => element.isConnected && element.checkVisibility());
  heir?.focus({ preventScroll: true });
}
