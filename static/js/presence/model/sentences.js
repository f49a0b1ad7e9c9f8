// The sentences that both the server and the live page write. web/sentences.py reads the object below as JSON.
// A pair is the singular and the plural for `n`.
const SENTENCES = {
  "alone": "You're the first one here. Anyone who joins will show up here.",
  "and_more": "and {n} more",
  "arrived": ["{names} is on this lesson now.", "{names} are on this lesson now."],
  "catalog": "All courses",
  "continue": "Continue: {title}",
  "course_alone": "You're the only one in this course right now",
  "course_near": "{people}, {near} near you",
  "course_people": ["{n} person is in this course now", "{n} people are in this course now"],
  "duration_hours": "for {n} h",
  "duration_minutes": "for {n} min",
  "duration_now": "just now",
  "helper_finished": "just finished this lesson",
  "here_hours": "here for {n} h",
  "here_minutes": "here for {n} min",
  "here_now": "just arrived",
  "in_section": ["person in this section", "people in this section"],
  "left": ["{n} person has left.", "{n} people have left."],
  "more": "+{n} more",
  "names_and_more": "{names} and {n} more",
  "needed": ", someone near you is stuck",
  "note_anonymous": "You're counted, but not named.",
  "note_help": "To ask others for help, let everyone see you.",
  "note_hidden": "You're hidden: no one sees you here.",
  "offline_visit": "You're offline. This page stays until you're back.",
  "on_this_lesson": "on this lesson",
  "on_lesson": ["person on", "people on"],
  "people": ["person", "people"],
  "people_here": ["person here now", "people here now"],
  "see_fewer": "Show fewer",
  "site_alone": "No one else is here right now.",
  "site_empty": "No one is here right now.",
  "site_people": ["{n} person is studying now.", "{n} people are studying now."],
  "start": "Start: {title}",
  "status_set": "Others see this for half an hour, or until you leave this lesson.",
  "there": ["{names} is there now.", "{names} are there now."],
  "trouble_lost": "Connection lost. These faces are from a moment ago; we're trying to reconnect.",
  "trouble_offline": "You're offline. These faces are from a moment ago.",
  "trouble_paused": "Live updates are paused. They'll resume on their own.",
  "trouble_signed_out": "Sign in again to see who's here.",
  "trouble_word_lost": "reconnecting",
  "trouble_word_offline": "offline",
  "trouble_word_signed_out": "signed out",
  "studying_now": "studying now",
  "wave": "Wave at {who}",
  "unlisted": ["{n} anonymous person", "{n} anonymous people"]
};

// The sentence with its values filled in; `n` chooses between singular and plural.
export function sentence(name, values = {}) {
  const pattern = [SENTENCES[name]].flat().at(values.n === 1 ? 0 : -1);
  return pattern.replace(/\{(\w+)\}/g, (_, key) => values[key]);
}
