// A note in the corner of the page: a face, a sentence, perhaps buttons. It goes by itself, but not under the pointer or the focus.
import { fillAvatar, makeAvatar, setText, slot } from "../presence/dom/person_row.js";

const SHOWN_MS = 12_000;
const TILT_MS = 1_500;
const timers = new WeakMap();

// `face` may be null; `stays` keeps the note until the next one.
export function show(note, words, face = null, { stays = false } = {}) {
  clearTimeout(timers.get(note));
  note.toggleAttribute("data-shown", words !== "");
  setText(slot(note, "words"), words);
  slot(note, "face").replaceChildren(...(face ? [avatarOf(face)] : []));
  if (words && !stays) timers.set(note, setTimeout(() => hide(note), SHOWN_MS));
}

// Tilt a face wherever it is on the page.
export function tilt(key) {
  const faces = document.querySelectorAll(`[data-key="${CSS.escape(key)}"]:is(.avatar, .person .avatar, .person > * > .avatar)`);
  for (const face of faces) face.toggleAttribute("data-waving", true);
  setTimeout(() => faces.forEach((face) => face.removeAttribute("data-waving")), TILT_MS);
}

function hide(note) {
  if (note.matches(":hover, :focus-within")) timers.set(note, setTimeout(() => hide(note), SHOWN_MS));
  else show(note, "");
}

function avatarOf(face) {
  const avatar = makeAvatar();
  fillAvatar(avatar, face);
  return avatar;
}
