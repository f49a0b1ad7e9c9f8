// From a number that one person sends to each screen that shows it: the moves of a pointer, the orders to a video.
//
// Servers send the newest alone, so a screen that shows a number has been shown all before it.

const REMEMBERED_MESSAGES = 2_000;

export class Trail {
  constructor(sightings) {
    this.sightings = sightings;
    this.waiting = new Map();
    this.shown = new Map();
  }

  // `from` sends `number` now.
  make(from, number) {
    this.sightings.made += 1;
    if (!this.waiting.has(from)) this.waiting.set(from, []);
    this.waiting.get(from).push({ number, at: performance.now() });
  }

  // A screen has received `text`. `read(text)` lists what it shows, as [from, number], and is asked once a text.
  see(text, read) {
    let times = this.shown.get(text);
    if (!times) {
      times = read(text).flatMap(([from, number]) => this.resolve(from, number));
      this.sightings.seen += times.length;
      this.shown.set(text, times);
      if (this.shown.size > REMEMBERED_MESSAGES) this.shown.delete(this.shown.keys().next().value);
    }
    const now = performance.now();
    for (const at of times) this.sightings.latencies.add(now - at);
  }

  resolve(from, number) {
    const made = this.waiting.get(from) ?? [];
    const newest = made.findLastIndex((one) => one.number === number);
    return made.splice(0, newest + 1).map(({ at }) => at);
  }
}
