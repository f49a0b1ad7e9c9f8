// Which shortcut a key stands for, on any layout.
import assert from "node:assert/strict";
import { test } from "node:test";
import { shortcutKey } from "../../static/js/site/keyboard_shortcuts.js";

const CASES = [
  [{ key: "j", code: "KeyJ" }, "j"],
  [{ key: "J", code: "KeyJ" }, "j"],
  [{ key: "о", code: "KeyJ" }, "j"],
  [{ key: "О", code: "KeyJ", shiftKey: true }, "j"],
  [{ key: "κ", code: "KeyK" }, "k"],
  [{ key: "h", code: "KeyJ" }, "h"],
  [{ key: "/", code: "Digit7", shiftKey: true }, "/"],
  [{ key: "?", code: "Slash", shiftKey: true }, "?"],
  [{ key: "ж", code: "Slash" }, "/"],
  [{ key: "Escape", code: "Escape" }, "Escape"],
];

for (const [event, expected] of CASES) {
  test(`${event.key} on ${event.code} is ${expected}`, () => assert.equal(shortcutKey(event), expected));
}
