// Merges the people of several topics into one list. Pure.
import { isWithin } from "./places.js";

// `topics` outermost first. Fields come from the innermost topic that lists the person, and so do their status and places
// inside that topic: an outer topic publishes later and may still show where they were before.
export function merge(topics) {
  const people = new Map();
  for (const { name, people: members } of topics) {
    for (const person of members.values()) people.set(person.key, mergePerson(people.get(person.key), person, name));
  }
  return [...people.values()];
}

function mergePerson(outer, person, topic) {
  const farther = outer ? outer.places.filter((place) => !isWithin(topic, place)) : [];
  const status = outer?.company && !isWithin(topic, outer.company.place) ? { company: outer.company } : {};
  return { ...status, ...person, places: [...new Set([...farther, ...person.places])].sort() };
}
