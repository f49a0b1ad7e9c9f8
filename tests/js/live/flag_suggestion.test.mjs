import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { suggested } from "../../../static/js/live/flag_suggestion.js";
import { countryName } from "../../../static/js/presence/model/text.js";

const CODES = ["BR", "HK", "PT"];

test("the first language that names a country suggests its flag", () => {
  assert.equal(suggested(["en", "pt-PT", "pt-BR"], CODES), "PT");
  assert.equal(suggested(["zh-Hant-HK"], CODES), "HK");
});

test("a language alone suggests none: Portuguese is not one country's", () => {
  assert.equal(suggested(["pt"], CODES), "");
});

test("what is not in the list, or not a language, suggests none", () => {
  assert.equal(suggested(["es-419", "en-XX", "no language", ""], CODES), "");
  assert.equal(suggested([], CODES), "");
});

test("the page has a name for every country that can be chosen", () => {
  const rows = readFileSync(new URL("../../../accounts/countries.tsv", import.meta.url), "utf8").trim().split("\n");
  const nameless = rows.map((row) => row.split("\t")[0]).filter((code) => [code, "", undefined].includes(countryName(code)));
  assert.equal(rows.length, 249);
  assert.deepEqual(nameless, []);
});
