// The view model: everything that a page shows of presence, from the topics and the polled sections. Pure.
import { groups, order } from "./closeness.js";
import { findHelper, isNeeded, ownStudyStatus } from "./peer_help.js";
import { merge } from "./merge.js";
import { isCounted, nearCount, groupSizes } from "./group_sizes.js";
import { parentOf } from "./places.js";

// `at(place)` is the number of people at a place or below it; undefined if unknown. `ownStatus` is the study status that
// I last set, with the server's refusal if any: {place, says, error} or null.
export function buildView(me, topics, sections, ownStatus = null) {
  const merged = merge(topics.list()).filter(({ key }) => key !== me.former);
  const people = order(me, merged.map((person) => withMyPlace(me, person)));
  const at = (place) => countAt(topics, sections, place);
  const known = (place) => at(place) ?? 0;
  const byCloseness = groups(me, people);
  const sizes = groupSizes(me, known, byCloseness);
  return {
    me,
    people,
    groups: byCloseness,
    sizes,
    total: known(""),
    others: known("") - isCounted(me),
    near: me.place.split("/").length === 3 ? nearCount(sizes, me) : 0,
    inCourse: me.place ? known(me.place.split("/")[0]) : 0,
    at,
    isNeeded: isNeeded(me, people),
    company: { says: ownStudyStatus(me, people, ownStatus), error: ownStatus?.place === me.place ? ownStatus.error : "", helper: findHelper(me, people) },
  };
}

// Show me on this page even while the server still has me on the previous one.
function withMyPlace(me, person) {
  if (person.key !== me.key || person.places.includes(me.place)) return person;
  // I came just now, whatever the clocks say.
  return { ...person, places: [me.place, ...person.places], arrived: { [parentOf(me.place)[1]]: Infinity } };
}

function countAt(topics, sections, place) {
  if (topics.get(place)) return topics.get(place).total;
  const [parent, child] = parentOf(place);
  const counts = topics.get(parent)?.counts ?? sections.get(parent);
  return counts && (counts.get(child) ?? 0);
}
