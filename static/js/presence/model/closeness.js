// How close other people work to me, and the order of every list. Pure.
//
// `me` is {place, before, after, key}: my place, the lessons before and after it, my own key (each may be null).
// presence/core/places.py has the same rule for the first paint; tests/presence/closeness_cases.json tests both.
import { studyStatusRank } from "./peer_help.js";

export const CLOSENESS = ["same lesson", "next door", "same section", "same course", "elsewhere"];

export function closeness(me, person) {
  return CLOSENESS[closenessRank(me, person)];
}

// The person's place that is closest to mine; undefined if they have none.
export function nearestPlace(me, person) {
  const rank = closenessRank(me, person);
  return person.places.find((place) => placeRank(me, place) === rank);
}

// The moment when a person came to my lesson, in Unix seconds; they are there.
export function thereSince(me, person) {
  return person.arrived?.[me.place.split("/").at(-1)] ?? person.since;
}

export function order(me, people) {
  const ranked = people.map((person) => ({ person, rank: closenessRank(me, person) }));
  return ranked.sort((a, b) => compare(me, a, b)).map(({ person }) => person);
}

// A Map from closeness to its people, in order; without empty groups.
export function groups(me, people) {
  const found = new Map(CLOSENESS.map((name) => [name, []]));
  for (const person of order(me, people)) found.get(closeness(me, person)).push(person);
  return new Map([...found].filter(([, members]) => members.length));
}

function closenessRank(me, person) {
  return Math.min(CLOSENESS.length - 1, ...person.places.map((place) => placeRank(me, place)));
}

function placeRank(me, place) {
  const mine = me.place.split("/");
  const theirs = place.split("/");
  if (place === me.place && mine.length === 3) return 0;
  if (place && (place === me.before || place === me.after)) return 1;
  if (!me.place || mine[0] !== theirs[0]) return 4;
  return mine.length > 1 && mine[1] === theirs[1] ? 2 : 3;
}

function compare(me, a, b) {
  return (
    (b.person.key === me.key) - (a.person.key === me.key) ||
    a.rank - b.rank ||
    studyStatusRank(a.person) - studyStatusRank(b.person) ||
    (b.person.status === "active") - (a.person.status === "active") ||
    a.person.since - b.person.since ||
    compareText(a.person.key, b.person.key)
  );
}

// Compare code units, as the server does: a locale would order the same keys differently on each machine.
function compareText(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
