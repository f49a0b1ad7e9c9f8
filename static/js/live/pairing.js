// "I can help": offers it to someone who asks, lets me accept or decline, and shows my pair.
import { setHidden, setText, slot } from "../presence/dom/person_row.js";
import { loadTitles, titleOf, urlOf } from "../presence/net/place_titles.js";
import { nodesOf } from "../site/markup.js";
import { show } from "./nudge.js";

const NOTES = `<div class="nudge" data-slot="said"><span class="nudge-face" data-slot="face" aria-hidden="true"></span> <p class="nudge-words" data-slot="words" role="status"></p></div> <div class="nudge" data-slot="state"> <span class="nudge-face" data-slot="face" aria-hidden="true"></span> <p class="nudge-words"><span data-slot="words" role="status"></span> <a data-slot="link" hidden></a></p> <button class="button" type="button" data-do="accept" hidden>Accept</button> <button class="button" type="button" data-do="decline" hidden>Not now</button> <button class="button" type="button" data-do="end" hidden>End</button> </div>`;

let element = null;
let rooms = null;
let room = null;
let mine = null;
let saidAt = 0;

document.addEventListener("click", ({ target }) => {
  const row = target.closest("[data-offer]")?.closest(".person");
  if (row) offer(row.dataset.key, slot(row, "name").textContent);
});
// Under another key I am another audience.
document.addEventListener("presence:identified", () => room && join());

export function arrive([found], pageRooms) {
  [element, rooms] = [found, pageRooms];
  element.replaceChildren(nodesOf(NOTES));
  element.addEventListener("click", ({ target }) => act(target.closest("[data-do]")?.dataset.do));
  join();
}

export function leave() {
  room?.leave();
  [room, mine] = [null, null];
}

function join() {
  room = rooms.join("pairing", {
    cells: (_all, { news }) => receive(news),
    refused: (sentence) => say(`You can't offer help on this page. ${sentence}`),
  });
}

// `news` is null when they are over, and undefined in the state of a place where there are none: then ask only if I know
// nothing yet, or know of something that may be over.
function receive(news) {
  if (news?.declined_by && news.at > saidAt) {
    // The next page that I go to may get the same news again.
    saidAt = news.at;
    say(`${news.declined_by} says: not now.`);
  }
  if (news || (news === undefined && (!mine || mine.pair || mine.offers.length))) refresh();
}

async function refresh() {
  const reply = await room?.call("mine").catch(({ message }) => say(message));
  await loadTitles();
  if (!reply || !room) return;
  mine = reply;
  render();
}

function render() {
  const note = slot(element, "state");
  const partner = mine.pair?.with;
  const [helper] = mine.offers;
  const words = partner ? `You're pairing with ${partner.name}.` : helper ? `${helper.name} can help.` : "";
  show(note, words, partner ?? helper, { stays: true });
  if (partner) say("");
  for (const button of note.querySelectorAll("[data-do]")) setHidden(button, (button.dataset.do === "end") !== Boolean(partner));
  fillLink(slot(note, "link"), mine.pair);
}

function fillLink(link, pair) {
  const { link: call, with: partner } = pair ?? {};
  const here = document.body.dataset.place;
  const place = partner?.places.includes(here) ? here : partner?.places[0];
  setHidden(link, !partner || (!call && place === here));
  if (link.hidden) return;
  setText(link, call ? "Open the call" : `Go to ${titleOf(place)}`);
  link.href = call ?? urlOf(place);
  if (call) Object.assign(link, { target: "_blank", rel: "noopener" });
}

function act(name) {
  if (name === "end") call("end");
  else if (name) call(name, { by: mine?.offers[0]?.key });
}

async function offer(to, name) {
  if (await call("offer", { to })) say(`You've offered to help ${name}.`);
}

async function call(name, payload = {}) {
  const error = await room?.call(name, payload).then(() => "", ({ message }) => message);
  if (error) say(error);
  return error === "";
}

function say(words) {
  show(slot(element, "said"), words);
}
