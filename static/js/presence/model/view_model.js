// Everything that the page shows of presence, from what the topics and the other sections tell. Pure.
import { groups, order } from "./closeness.js";
import { ahead, saidBy } from "./peer_help.js";
import { merge } from "./merge.js";
import { isCounted, nearOf, sizesOf } from "./group_sizes.js";
import { parentOf } from "./places.js";

// `at(place)` is how many people are at a place or below it; undefined where nobody has told. `asked` is what I said last
// on a lesson, and how that went: {place, says, error} or null.
export function viewOf(me, topics, sections, asked = null) {
  const merged = merge(topics.list()).filter(({ key }) => key !== me.former);
  const people = order(me, merged.map((person) => withMyPlace(me, person)));
  const at = (place) => numberAt(topics, sections, place);
  const known = (place) => at(place) ?? 0;
  const byCloseness = groups(me, people);
  const sizes = sizesOf(me, known, byCloseness);
  return {
    me,
    people,
    groups: byCloseness,
    sizes,
    total: known(""),
    others: known("") - isCounted(me),
    near: me.place.split("/").length === 3 ? nearOf(sizes, me) : 0,
    inCourse: me.place ? known(me.place.split("/")[0]) : 0,
    at,
    company: { says: saidBy(me, people, asked), error: asked?.place === me.place ? asked.error : "", ahead: ahead(me, people) },
  };
}

// I am on this page even while the server still has me on the one before.
function withMyPlace(me, person) {
  if (person.key !== me.key || person.places.includes(me.place)) return person;
  return { ...person, places: [me.place, ...person.places] };
}

function numberAt(topics, sections, place) {
  if (topics.get(place)) return topics.get(place).total;
  const [parent, child] = parentOf(place);
  const counts = topics.get(parent)?.counts ?? sections.get(parent);
  return counts && (counts.get(child) ?? 0);
}
