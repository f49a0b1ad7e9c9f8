// What the page says about people, in words. Pure. templates/macros/words.html says the same on the first paint.

export const TROUBLE = new Map([
  ["lost", "The connection is lost. These faces are from a moment ago; we keep trying."],
  ["offline", "You are offline. These faces are from a moment ago."],
  ["paused", "The live view is paused. These faces are from a moment ago; they go on by themselves."],
  ["signed out", "You see nobody until you sign in again."],
]);

// On the bubble, where there is room for one word.
export const STUDYING = "studying now";
export const SHORT_TROUBLE = new Map([["lost", "reconnecting"], ["offline", "offline"], ["signed out", "signed out"]]);

export const ASKED = "Others see it for half an hour, or until you leave this lesson.";

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const HUES = "0123456789abcdef";
const REGIONAL_INDICATOR_A = 0x1f1e6;
let countries;

export function plural(n, one, many) {
  return `${n} ${n === 1 ? one : many}`;
}

export function siteSummary(total, others) {
  return others > 0 ? `${plural(total, "person is", "people are")} studying now.` : "Nobody else is here right now.";
}

// Above the contents of a course; `near` is 0 where there is no lesson to be near to.
export function courseSummary(inCourse, near, isCounted) {
  if (inCourse === 1 && isCounted) return "You are the only one in this course now";
  return `${plural(inCourse, "person is", "people are")} in this course now${near ? `, ${near} near you` : ""}`;
}

// Who is at a place: "Ada, Grace and 3 more".
export function nameList(people, total) {
  const more = total - people.length;
  return people.map(({ name }) => name).join(", ") + (people.length && more > 0 ? ` and ${more} more` : "");
}

export function unlistedText(n, listed) {
  return listed ? `and ${n} more` : `${plural(n, "person", "people")}, without a name`;
}

// "just now", "since 10 min", "since 2 h"; never negative when the clocks differ.
export function durationText(since, nowSeconds) {
  const seconds = Math.max(0, nowSeconds - since);
  if (seconds < MINUTE_S) return "just now";
  if (seconds < HOUR_S) return `since ${Math.floor(seconds / MINUTE_S)} min`;
  return `since ${Math.floor(seconds / HOUR_S)} h`;
}

export function markFor(person, me) {
  if (person.key === me.key) return "you";
  return person.role === "learner" ? "" : person.role;
}

// What a face in a pile is called, where there is no room for a mark.
export function faceLabel({ name, role, company }) {
  return [name, role === "learner" ? "" : role, company?.says].filter(Boolean).join(", ");
}

export function initials(name) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  if (!words.length) return "?";
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => [...word][0]).join("").toUpperCase();
}

// One of eight colours; a foreign ending counts from the end, as in Python.
export function hue(key) {
  return (HUES.indexOf(key.slice(-1)) + 8) % 8;
}

// The two letters of a country that fonts draw as its flag.
export function flagEmoji(code) {
  return [...code].map((letter) => String.fromCodePoint(REGIONAL_INDICATOR_A + letter.charCodeAt(0) - "A".charCodeAt(0))).join("");
}

// The country's name; the code for one that this browser does not know.
export function countryName(code) {
  if (!/^[A-Z]{2}$/.test(code)) return "";
  countries ??= new Intl.DisplayNames(["en"], { type: "region" });
  return countries.of(code);
}
