// The number of people in each group, anonymous people included. Pure.
//
// Large topics list only a sample, and never anonymous people, so every number comes from `counts` and `total`.
// `at(place)` returns the number for a known place, else 0. presence/pages/group_sizes.py has the same rule for the first
// paint; tests/presence/numbers_cases.json tests both.
import { CLOSENESS } from "./closeness.js";
import { isWithin, parentOf } from "./places.js";

// A Map from closeness to the number of people in that group. `groups` are the listed people (see closeness.js): a person
// with several tabs is counted once, in the closest group.
export function groupSizes(me, at, groups) {
  const [course, section] = [me.place.split("/")[0], me.place.split("/").slice(0, 2).join("/")];
  const isLesson = me.place.split("/").length === 3;
  const doors = [me.before, me.after].filter(Boolean);
  const inside = doors.filter((door) => parentOf(door)[0] === section);

  const nextDoor = groups.get("next door") ?? [];
  // People with one tab in my section and another tab next door, outside the section.
  const isInBoth = (person) => person.places.some((place) => isWithin(section, place)) && !countAt([person], inside);
  const inBoth = nextDoor.filter(isInBoth).length;

  const near = isLesson ? at(me.place) : 0;
  const door = sum(doors, at) - countAt(groups.get("same lesson"), doors) - atBothNeighbours(nextDoor, doors);
  const doorInside = sum(inside, at) - countAt(groups.get("same lesson"), inside) - atBothNeighbours(nextDoor, inside);
  const inSection = section !== course ? at(section) : 0;
  const inCourse = course ? at(course) - inSection - (door - doorInside) + inBoth : 0;
  const counted = [near, door, inSection - near - doorInside - inBoth, inCourse, at("") - (course ? at(course) : 0)];
  return new Map(CLOSENESS.map((name, rank) => [name, Math.max(counted[rank], groups.get(name)?.length ?? 0)]));
}

// The number of others on my lesson or next door.
export function nearCount(sizes, me) {
  return Math.max(0, sizes.get("same lesson") - isCounted(me)) + sizes.get("next door");
}

export function isCounted({ visibility }) {
  return visibility === "hidden" ? 0 : 1;
}

// For a collapsed group with `listed` people out of `size`: how many rows to show, and how many people follow.
// Shows one extra row rather than "+1".
export function visibleRows(listed, size, allowed) {
  const rows = listed > allowed + 1 ? allowed : listed;
  return { rows, more: listed > rows ? size - rows : 0, rest: size - listed };
}

// How many faces fit into `room`, and how many people follow. Shows one face less rather than "+1".
export function faceCount(listed, total, room) {
  const faces = total === room + 1 ? room - 1 : room;
  const shown = Math.min(listed, faces);
  const more = total - shown;
  return { shown, more: more > 1 && shown > 0 ? more : 0 };
}

// The shade behind a count, 0 to 4; same steps as the macro heat().
export function heatLevel(n) {
  return [1, 3, 8, 20].filter((step) => n >= step).length;
}

function sum(places, at) {
  return places.reduce((all, place) => all + at(place), 0);
}

function atBothNeighbours(people, doors) {
  return people.filter((person) => countAt([person], doors) > 1).length;
}

function countAt(people = [], places) {
  return people.reduce((all, person) => all + places.filter((place) => person.places.includes(place)).length, 0);
}
