import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { CLOSENESS } from "../../static/js/presence/model/closeness.js";

const root = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");
const filesIn = (path, ending) => readdirSync(new URL(path, root), { recursive: true }).filter((file) => file.endsWith(ending));

test("the page preloads what main.js and its modules import from outside", () => {
  const base = read("templates/macros/layout.html");
  for (const file of filesIn("static/js", ".js").filter((name) => !/^(classroom|live)\//.test(name))) {
    for (const [, path] of read(`static/js/${file}`).matchAll(/^import .* from "(?:\.\.\/)+(vendor\/.*)";$/gm)) assert.ok(base.includes(`"${path}"`), path);
  }
});

test("every stylesheet is imported by site.css or linked by a page", () => {
  const pages = filesIn("templates", ".html").map((file) => read(`templates/${file}`)).join("");
  const site = read("static/css/site.css") + read("static/css/classroom.css");
  for (const file of filesIn("static/css", ".css")) {
    assert.ok(site.includes(`@import "${file}";`) || pages.includes(`css/${file}`), `No page uses ${file}.`);
  }
});

test("every group has its number of rows", () => {
  const rows = read("templates/macros/group.html");
  for (const name of CLOSENESS) assert.match(rows, new RegExp(`"${name}": \\d`));
});

test("every icon that a template uses is in the sprite", () => {
  const sprite = read("static/icons.svg");
  for (const file of filesIn("templates", ".html")) {
    for (const [, name] of read(`templates/${file}`).matchAll(/icon\("([a-z-]+)"\)/g)) {
      assert.ok(sprite.includes(`id="${name}"`), `${file} uses the icon ${name}.`);
    }
  }
});

test("no template holds an inline script, style or handler, which the security policy would refuse", () => {
  for (const file of filesIn("templates", ".html")) {
    const html = read(`templates/${file}`);
    assert.doesNotMatch(html, /<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/, file);
  }
});

test("only vendored code writes HTML", () => {
  for (const file of filesIn("static/js", ".js")) assert.doesNotMatch(read(`static/js/${file}`), /innerHTML|outerHTML|insertAdjacentHTML/, file);
});

test("the entry point imports every behaviour that it starts", () => {
  const main = read("static/js/main.js");
  const imported = [...main.matchAll(/import \* as (\w+)/g)].map(([, name]) => name);
  const used = [...main.matchAll(/const behaviour of \[([\w, ]+)\]/g)].flatMap(([, names]) => names.split(", "));
  assert.ok(used.length > 10);
  assert.deepEqual(used.filter((name) => !imported.includes(name)), []);
});

test("the entry point starts only what it imports", () => {
  const main = read("static/js/main.js");
  const imported = new Set([...main.matchAll(/import \* as (\w+) from/g)].map(([, name]) => name));
  for (const [, names] of main.matchAll(/for \(const behaviour of \[([^\]]*)\]\)/g)) {
    for (const name of names.split(", ")) assert.ok(imported.has(name), `main.js does not import ${name}.`);
  }
});
