import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { sentence } from "../../static/js/presence/model/sentences.js";
import { bubbleWords, countryName, courseSummary, flagEmoji, hue, initials, faceLabel, markFor, nameList, unlistedText, durationText, siteSummary, troubleText } from "../../static/js/presence/model/text.js";

test("initials of all kinds of names", () => {
  const names = JSON.parse(readFileSync(new URL("../accounts/initials_cases.json", import.meta.url), "utf8"));
  for (const [name, letters] of Object.entries(names)) assert.equal(initials(name), letters);
});

test("a colour for every key", () => {
  assert.deepEqual(["0", "a7", "9", "af", "", "Z"].map(hue), [0, 7, 1, 7, 0, 7]);
});

test("the time that someone has been here", () => {
  assert.deepEqual([0, 59, 60, 3599, 3600, 90_000].map((age) => durationText(1_000, 1_000 + age)), ["just now", "just now", "for 1 min", "for 59 min", "for 1 h", "for 25 h"]);
  assert.equal(durationText(1_000, 900), "just now");
});

test("one sentence on the whole", () => {
  assert.deepEqual([siteSummary(1, 0), siteSummary(1, 1), siteSummary(9, 8)], ["No one else is here right now.", "1 person is studying now.", "9 people are studying now."]);
  assert.deepEqual([courseSummary(23, 4, 1), courseSummary(1, 0, 0), courseSummary(1, 0, 1)], ["23 people are in this course now, 4 near you", "1 person is in this course now", "You're the only one in this course right now"]);
});

test("who is at a place", () => {
  const people = [{ name: "Ada" }, { name: "Grace" }];
  assert.deepEqual([nameList(people, 2), nameList(people, 5), nameList([], 3)], ["Ada, Grace", "Ada, Grace and 3 more", ""]);
});

test("marks and rests", () => {
  assert.deepEqual(["learner", "instructor", "simulated"].map((role) => markFor({ key: "x", role }, { key: "me" })), ["", "instructor", "simulated"]);
  assert.equal(markFor({ key: "me", role: "instructor" }, { key: "me" }), "you");
  assert.deepEqual(["learner", "simulated"].map((role) => faceLabel({ name: "Ada", role })), ["Ada", "Ada, simulated"]);
  assert.deepEqual([unlistedText(3, 2), unlistedText(1, 0)], ["and 3 more", "1 anonymous person"]);
});

test("a country's flag and name, and nothing for none", () => {
  assert.deepEqual(["PT", "AX", ""].map(flagEmoji), ["🇵🇹", "🇦🇽", ""]);
  assert.deepEqual(["PT", "AX", "ZZZ", "__", ""].map(countryName), ["Portugal", "Åland Islands", "", "", ""]);
});

test("a sentence takes its values, and n chooses between singular and plural", () => {
  assert.deepEqual([0, 1, 2].map((n) => sentence("left", { n })), ["0 people have left.", "1 person has left.", "2 people have left."]);
  assert.equal(sentence("names_and_more", { names: "Ada, Grace", n: 3 }), "Ada, Grace and 3 more");
});

test("trouble in words, on the bubble and in the panel", () => {
  assert.equal(bubbleWords(null), "studying now");
  assert.deepEqual(["lost", "offline", "paused", "signed out"].map((name) => bubbleWords({ name })), ["reconnecting", "offline", "studying now", "signed out"]);
  assert.equal(troubleText({ name: "signed out", sentence: "You signed out." }), "You signed out. Sign in again to see who's here.");
});
