// Company, asked for and given: what somebody says on a lesson, and who could help there. Pure.
//
// presence/pages/peer_help.py has the same rules for the first paint; tests/presence/closeness_cases.json holds both.

// In the order of who could do with company most; the order of all lists goes by it, inside a group.
export const SAYINGS = ["stuck here", "happy to pair", "just finished"];

export function rankOfSaying({ company }) {
  return company ? SAYINGS.indexOf(company.says) : SAYINGS.length;
}

// What I say on my lesson. `asked` is what I said last here, {place, says}: in a crowd I may not be listed myself.
export function saidBy(me, people, asked) {
  const mine = people.find(({ key }) => key === me.key);
  const company = mine ? mine.company : asked && { place: asked.place, says: asked.says };
  return company?.place === me.place ? company.says : "";
}

// The one to ask when I am stuck: whoever has just finished my lesson, or reads the next one. `people` are in order.
export function ahead(me, people) {
  const others = people.filter(({ key }) => key !== me.key);
  const finished = others.find((person) => hasFinished(me, person));
  return finished ?? others.find(({ places, status }) => me.after && places.includes(me.after) && status === "active") ?? null;
}

// Whether somebody says that they have just finished my lesson; they may be at others too.
export function hasFinished(me, { company }) {
  return company?.place === me.place && company.says === "just finished";
}
