// The pointers and video orders that a viewer of the site sends and gets.

const VIDEO = "short";
const SIGNALS = '42["room_signals",';

// A signal is sent without an id: it is not answered.
export function move(number) {
  return `42${JSON.stringify(["room_signal", { room: "pointers", signal: "at", value: [3, number, 10, 10] }])}`;
}

// An order carries its number as the position that it goes to.
export function orderTo(number) {
  return { video: VIDEO, did: "seek", at: number / 100 };
}

// The moves in a frame of a room, as [slot, number], and its order to the video, as ["order", number].
export function shownBy(text) {
  const payload = JSON.parse(text.slice(2))[1];
  if (text.startsWith(SIGNALS)) return Object.entries(payload.signals.at ?? {}).map(([slot, value]) => [Number(slot), value?.[1]]);
  const clock = payload.cells?.[VIDEO];
  return clock ? [["order", Math.round(clock.at * 100)]] : [];
}
