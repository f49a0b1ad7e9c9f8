// Study statuses, and who could help someone who is stuck. Pure.
//
// presence/pages/peer_help.py has the same rules for the first paint; tests/presence/closeness_cases.json tests both.

// Most in need of help first. Lists use this order within a closeness group.
export const STUDY_STATUSES = ["stuck here", "happy to pair", "just finished"];

// Set by the room of live/pairing; it goes with its user from page to page.
export const PAIRING = "pairing";

export function studyStatusRank({ company }) {
  const rank = STUDY_STATUSES.indexOf(company?.says);
  return rank < 0 ? STUDY_STATUSES.length : rank;
}

// My study status on this lesson. `ownStatus` is the last one I set here, {place, says}: a crowd's sample may leave me out.
export function ownStudyStatus(me, people, ownStatus) {
  const mine = people.find(({ key }) => key === me.key);
  const company = mine ? mine.company : ownStatus && { place: ownStatus.place, says: ownStatus.says };
  return company?.place === me.place && STUDY_STATUSES.includes(company.says) ? company.says : "";
}

// Someone is stuck on the lesson that I have just finished, or on the one before mine.
export function isNeeded(me, people) {
  if (me.visibility !== "everyone") return false;
  const mine = people.find(({ key }) => key === me.key);
  const hasDone = (place) => place === me.before || Boolean(mine && place === me.place && hasFinished(me, mine));
  return people.some(({ key, company }) => key !== me.key && company?.says === "stuck here" && hasDone(company.place));
}

// The person to ask when I am stuck: they just finished my lesson, or they read the next one. `people` are in list order.
export function findHelper(me, people) {
  const others = people.filter(({ key }) => key !== me.key);
  const finished = others.find((person) => hasFinished(me, person));
  return finished ?? others.find(({ places, status }) => me.after && places.includes(me.after) && status === "active") ?? null;
}

// True if the person's status is "just finished" on my lesson. They may have other lessons open too.
export function hasFinished(me, { company }) {
  return company?.place === me.place && company.says === "just finished";
}
