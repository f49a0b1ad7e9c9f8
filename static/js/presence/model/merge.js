// The people of several topics, each of them once. Pure.
import { isWithin } from "./places.js";

// `topics` outermost first. The fields are those of the innermost topic that lists the person. So is what is said, and the
// places, inside that topic: an outer topic is told a little later, and would hold somebody where they no longer are.
export function merge(topics) {
  const people = new Map();
  for (const { name, people: members } of topics) {
    for (const person of members.values()) people.set(person.key, over(people.get(person.key), person, name));
  }
  return [...people.values()];
}

function over(outer, person, topic) {
  const farther = outer ? outer.places.filter((place) => !isWithin(topic, place)) : [];
  const said = outer?.company && !isWithin(topic, outer.company.place) ? { company: outer.company } : {};
  return { ...said, ...person, places: [...new Set([...farther, ...person.places])].sort() };
}
