// Imported just before Turbo, which on loading puts a <style> for its progress bar first into the head. Our security policy
// refuses inline styles and would report it on every page, so that one insertion is swallowed; main.js lets go afterwards.
// Naming the style's hash in the policy instead would tie the policy to one version of Turbo.

document.head.insertBefore = function (node, before) {
  return node instanceof HTMLStyleElement ? node : Node.prototype.insertBefore.call(this, node, before);
};

export function letGo() {
  delete document.head.insertBefore;
}
