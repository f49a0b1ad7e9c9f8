// Waves: a tap on a face waves at its owner, and each wave at me is shown once.
import { slot } from "../presence/dom/person_row.js";
import { isOn } from "../site/browser_settings.js";
import { nodesOf } from "../site/markup.js";
import { show, tilt } from "./nudge.js";
import { WavesSeen } from "./waves_seen.js";

const NOTE = `<span class="nudge-face" data-slot="face" aria-hidden="true"></span> <p class="nudge-words" data-slot="words" role="status"></p> <button class="button" type="button" data-slot="back" hidden>Wave back</button>`;

const waves = new WavesSeen();
let note = null;
let rooms = null;
let room = null;

document.addEventListener("click", ({ target }) => {
  const face = target.closest("[data-wave]");
  const row = face?.closest(".person");
  if (row) wave(row.dataset.key, slot(row, "name").textContent);
});
// Under another key I am another audience.
document.addEventListener("presence:identified", () => room && join());

export function arrive([element], pageRooms) {
  [note, rooms] = [element, pageRooms];
  note.replaceChildren(nodesOf(NOTE));
  slot(note, "back").addEventListener("click", ({ target: { dataset } }) => wave(dataset.to, dataset.name));
  join();
}

export function leave() {
  room?.leave();
  room = null;
}

function join() {
  room = rooms.join("wave", {
    cells: (_all, changed) => Object.values(changed).forEach(receive),
    refused: (sentence) => say(`You can't wave on this page. ${sentence}`),
  });
}

async function wave(to, name) {
  const error = await room?.call("wave", { to }).then(() => waves.sent(to, Date.now()), ({ message }) => message);
  say(error ?? `You waved at ${name}.`);
}

// `message` is null for a wave that is over.
function receive(message) {
  if (!message || !waves.isNew(message) || !isOn("waves")) return;
  const { from } = message;
  const isAnswer = waves.hasSent(from.key, Date.now());
  say(isAnswer ? `${from.name} waved back.` : `${from.name} waved.`, from, !isAnswer);
  tilt(from.key);
}

function say(words, face, mayAnswer = false) {
  show(note, words, face);
  const back = slot(note, "back");
  if (mayAnswer) Object.assign(back.dataset, { to: face.key, name: face.name });
  back.hidden = !mayAnswer;
}
