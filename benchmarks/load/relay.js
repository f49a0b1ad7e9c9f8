// A viewer of the seed's algorithm for pointers and videos (`peers/relay.js`): every page gets everything that one sends.

import { sectionOf } from "./places.js";
import { Viewer } from "./viewer.js";

export class RelayViewer extends Viewer {
  constructor(population, index) {
    super(population, index);
    this.query = `/parties/main/site?_pk=${index}`;
    this.pointer = index;
    // A mouse tells its page 60 positions a second. The seed sends each; this site's page sends ten of them.
    this.pointerRate = 60;
  }

  opened() {
    this.turnTo(sectionOf(this.place));
    this.answer();
  }

  // There is one room, and to be connected is to be in it.
  async joinRooms() {}

  // As in the seed, a move says where it is and where its maker comes from.
  point(number) {
    this.socket.send(JSON.stringify({ from: this.pointer, number, x: number / 200, y: 0.5, country: "PT" }));
  }

  async order(number) {
    this.socket.send(JSON.stringify({ from: "order", number, name: `Learner ${this.index}`, did: "seek", at: number / 100 }));
  }

  read(data) {
    this.population.trail?.see(data.toString("latin1"), numberOf);
    return true;
  }
}

function numberOf(text) {
  const { from, number } = JSON.parse(text);
  return [[from, number]];
}
