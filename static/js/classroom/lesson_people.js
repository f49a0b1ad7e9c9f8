// The people on one lesson, from its section's state; same rule as classroom/course_map.py. Pure.
import { parentOf } from "../presence/model/places.js";

const SHOWN = 24;

// `size` counts everyone, `shown` are some of them, `rest` is the number not shown.
export function lessonPeople(place, state) {
  const people = state.people.filter(({ places }) => places.includes(place)).sort(compare);
  const size = Math.max(state.counts[parentOf(place)[1]] ?? 0, people.length);
  const shown = people.slice(0, SHOWN);
  return { size, shown, rest: size - shown.length };
}

function compare(a, b) {
  return (b.status === "active") - (a.status === "active") || a.since - b.since || (a.key < b.key ? -1 : 1);
}
