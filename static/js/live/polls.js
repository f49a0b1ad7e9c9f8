// The polls of a lesson, live: a card each, in one room.
import { PollCard } from "./poll_card.js";

let cards = [];
let room = null;

export function arrive(elements, rooms) {
  const call = (name, payload) => room.call(name, payload);
  cards = [...cards.filter(({ isHere }) => isHere), ...elements.map((element) => new PollCard(element, call))];
  room ??= rooms.join("polls", {
    cells: (all) => cards.forEach((card) => card.told(all)),
    trouble: (sentence) => cards.forEach((card) => card.trouble(sentence)),
  });
}

export function leave() {
  room?.leave();
  room = null;
  cards.forEach((card) => card.stop());
  cards = [];
}
