// Changes that carry their own mark, "17 4": the fourth change of person 17. Peers that send people without their
// changes send the mark too, so that a change can be found in a frame without decoding all of it.

import { Viewer } from "./viewer.js";

export class MarkedViewer extends Viewer {
  constructor(population, index) {
    super(population, index);
    this.changes = 0;
    this.awaited = null;
  }

  // The next change of this viewer, which is answered when it comes back.
  nextMark() {
    this.changes += 1;
    const mark = `${this.index} ${this.changes}`;
    this.awaited = new RegExp(`(?<!\\d)${mark}(?!\\d)`);
    return mark;
  }

  // Reads a frame's text for marks beside places, by a pattern with two groups. Tells whether it shows anything new.
  readMarks(text, pattern) {
    const isNews = this.population.show(this, text, () => [...text.matchAll(pattern)].map(person));
    if (this.awaited?.test(text)) this.settle();
    return isNews;
  }

  // The newest change answers for those before it: a server may send the last of several alone.
  settle() {
    this.awaited = null;
    while (this.asked.length) this.answer();
  }
}

function person([, mark, place]) {
  return [Number(mark.split(" ")[0]), [place]];
}
