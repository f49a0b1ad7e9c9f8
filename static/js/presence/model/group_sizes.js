// How many people there are, the anonymous included. Pure.
//
// Lists of people are samples where a topic is large, and never hold the anonymous, so every number comes from `counts`
// and `total`. `at(place)` gives a number for any place that is known, or 0. The server has the same rule for the first
// paint (presence/pages/group_sizes.py); tests/presence/numbers_cases.json holds both.
import { CLOSENESS } from "./closeness.js";
import { isWithin, parentOf } from "./places.js";

// A Map from closeness to the number of people in that group. `groups` are the people listed (see closeness.js): whoever
// stands in a nearer group with one tab is not counted again for another tab.
export function sizesOf(me, at, groups) {
  const [course, section] = [me.place.split("/")[0], me.place.split("/").slice(0, 2).join("/")];
  const isLesson = me.place.split("/").length === 3;
  const doors = [me.before, me.after].filter(Boolean);
  const inside = doors.filter((door) => parentOf(door)[0] === section);

  const nextDoor = groups.get("next door") ?? [];
  // In my section with one tab, and next door by another one outside of it.
  const isAstray = (person) => person.places.some((place) => isWithin(section, place)) && !alsoIn([person], inside);
  const astray = nextDoor.filter(isAstray).length;

  const near = isLesson ? at(me.place) : 0;
  const door = sum(doors, at) - alsoIn(groups.get("same lesson"), doors) - atBoth(nextDoor, doors);
  const doorInside = sum(inside, at) - alsoIn(groups.get("same lesson"), inside) - atBoth(nextDoor, inside);
  const inSection = section !== course ? at(section) : 0;
  const inCourse = course ? at(course) - inSection - (door - doorInside) + astray : 0;
  const counted = [near, door, inSection - near - doorInside - astray, inCourse, at("") - (course ? at(course) : 0)];
  return new Map(CLOSENESS.map((name, rank) => [name, Math.max(counted[rank], groups.get(name)?.length ?? 0)]));
}

// How many others are on my lesson or next door.
export function nearOf(sizes, me) {
  return Math.max(0, sizes.get("same lesson") - isCounted(me)) + sizes.get("next door");
}

export function isCounted({ visibility }) {
  return visibility === "hidden" ? 0 : 1;
}

// Of a group of `listed` people with `size` in all: how many rows to show closed, and how many beyond them.
// One row more than allowed is shown rather than a "+1".
export function rowsOf(listed, size, allowed) {
  const rows = listed > allowed + 1 ? allowed : listed;
  return { rows, more: listed > rows ? size - rows : 0, rest: size - listed };
}

// The faces of a pile and the number beyond them, which is never 1 if a face can make room.
export function pileOf(listed, total, room) {
  const faces = total === room + 1 ? room - 1 : room;
  const shown = Math.min(listed, faces);
  const more = total - shown;
  return { shown, more: more > 1 && shown > 0 ? more : 0 };
}

// The shade of a place on the map of the class, 0 to 4; the same steps as the macro heat().
export function heatOf(n) {
  return [1, 3, 8, 20].filter((step) => n >= step).length;
}

function sum(places, at) {
  return places.reduce((all, place) => all + at(place), 0);
}

function atBoth(people, doors) {
  return people.filter((person) => alsoIn([person], doors) > 1).length;
}

function alsoIn(people = [], places) {
  return people.reduce((all, person) => all + places.filter((place) => person.places.includes(place)).length, 0);
}
