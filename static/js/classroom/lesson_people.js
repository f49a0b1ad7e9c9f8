// Who is on a lesson, from the state of its section. Pure. The server has the same rule in classroom/course_map.py.
import { parentOf } from "../presence/model/places.js";

export const SEATS = 24;

// `size` counts everybody, `seats` are the people shown, `rest` is how many more there are.
export function spotOf(place, state) {
  const people = state.people.filter(({ places }) => places.includes(place)).sort(compare);
  const size = Math.max(state.counts[parentOf(place)[1]] ?? 0, people.length);
  const seats = people.slice(0, SEATS);
  return { size, seats, rest: size - seats.length };
}

function compare(a, b) {
  return (b.status === "active") - (a.status === "active") || a.since - b.since || (a.key < b.key ? -1 : 1);
}
