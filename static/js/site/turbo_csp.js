// Import before Turbo. On load, Turbo inserts a <style> for its progress bar into the head, which our Content-Security-Policy
// refuses and reports. Drop that one insertion; main.js restores the method afterwards. Allowing the style's hash instead
// would tie the policy to one Turbo version.

document.head.insertBefore = function (node, before) {
  return node instanceof HTMLStyleElement ? node : Node.prototype.insertBefore.call(this, node, before);
};

export function restoreInsertBefore() {
  delete document.head.insertBefore;
}
