// Text about people. Pure. templates/macros/text.html renders the same on the first paint, from the same sentences.
import { sentence } from "./sentences.js";

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const HUES = "0123456789abcdef";
const REGIONAL_INDICATOR_A = 0x1f1e6;
let countries;

export function siteSummary(total, others) {
  return others > 0 ? sentence("site_people", { n: total }) : sentence("site_alone");
}

// Above the contents of a course. `near` is 0 outside lessons.
export function courseSummary(inCourse, near, isCounted) {
  if (inCourse === 1 && isCounted) return sentence("course_alone");
  const people = sentence("course_people", { n: inCourse });
  return near ? sentence("course_near", { people, near }) : people;
}

// The people at a place: "Ada, Grace and 3 more".
export function nameList(people, total) {
  const names = people.map(({ name }) => name).join(", ");
  const n = total - people.length;
  return people.length && n > 0 ? sentence("names_and_more", { names, n }) : names;
}

// "Grace is there now.": the people at the lesson to continue with.
export function thereText(people) {
  const n = people.length;
  return n ? sentence("there", { names: nameList(people.slice(0, 2), n), n }) : "";
}

export function unlistedText(n, listed) {
  return sentence(listed ? "and_more" : "unlisted", { n });
}

// "just now", "for 10 min", "for 2 h"; never negative when clocks differ. `kind` "here": "here for 10 min".
export function durationText(since, nowSeconds, kind = "duration") {
  const seconds = Math.max(0, nowSeconds - since);
  if (seconds < MINUTE_S) return sentence(`${kind}_now`);
  if (seconds < HOUR_S) return sentence(`${kind}_minutes`, { n: Math.floor(seconds / MINUTE_S) });
  return sentence(`${kind}_hours`, { n: Math.floor(seconds / HOUR_S) });
}

// The sentence for a trouble ("lost", "offline", "paused", "signed out"), after the server's reason if it gave one.
export function troubleText({ name, sentence: reason }) {
  const text = sentence(`trouble_${name.replace(" ", "_")}`);
  return reason ? `${reason} ${text}` : text;
}

// The words on the bubble, which has little room.
export function bubbleWords(trouble) {
  const isShown = trouble && trouble.name !== "paused";
  return sentence(isShown ? `trouble_word_${trouble.name.replace(" ", "_")}` : "studying_now");
}

export function markFor(person, me) {
  if (person.key === me.key) return "you";
  return person.role === "learner" ? "" : person.role;
}

// The label of a face in a pile, which has no room for a mark.
export function faceLabel({ name, role, company }) {
  return [name, role === "learner" ? "" : role, company?.says].filter(Boolean).join(", ");
}

// The first grapheme cluster, in short (UAX #29): a flag, or a character and all that joins it. The same in Python.
const CLUSTER = /^(?:[\u{1f1e6}-\u{1f1ff}]{1,2}|.(?:[\p{M}\u200c\u200d\u{1f3fb}-\u{1f3ff}\u{e0020}-\u{e007f}]|(?<=\u200d).)*)/su;

export function initials(name) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  if (!words.length) return "?";
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => CLUSTER.exec(word)[0]).join("").toUpperCase();
}

// One of eight colours; keys that do not end in a hex digit get the last, as in Python.
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
