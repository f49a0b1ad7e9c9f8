// How near people are to me, and the order that every list shows them in. Pure.
//
// `me` is {place, before, after, key}: my place, the lessons before and after it, my own key (each may be null).
// The server has the same rule for the first paint (presence/core/places.py); tests/presence/closeness_cases.json holds both.
import { rankOfSaying } from "./peer_help.js";

export const CLOSENESS = ["same lesson", "next door", "same section", "same course", "elsewhere"];

export function closeness(me, person) {
  return CLOSENESS[rankOf(me, person)];
}

// The place that makes the person as near as they are; undefined for somebody who is nowhere.
export function nearestPlace(me, person) {
  const rank = rankOf(me, person);
  return person.places.find((place) => rankOfPlace(me, place) === rank);
}

export function order(me, people) {
  const ranked = people.map((person) => ({ person, rank: rankOf(me, person) }));
  return ranked.sort((a, b) => compare(me, a, b)).map(({ person }) => person);
}

// A Map from closeness to the people of that closeness, in order; empty groups are left out.
export function groups(me, people) {
  const found = new Map(CLOSENESS.map((name) => [name, []]));
  for (const person of order(me, people)) found.get(closeness(me, person)).push(person);
  return new Map([...found].filter(([, members]) => members.length));
}

function rankOf(me, person) {
  return Math.min(CLOSENESS.length - 1, ...person.places.map((place) => rankOfPlace(me, place)));
}

function rankOfPlace(me, place) {
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
    rankOfSaying(a.person) - rankOfSaying(b.person) ||
    (b.person.status === "active") - (a.person.status === "active") ||
    a.person.since - b.person.since ||
    byText(a.person.key, b.person.key)
  );
}

// By code unit, as the server does: a locale would order the same keys differently on each machine.
function byText(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
