// A viewer of the seed's algorithm (`peers/room.js`): plain JSON over a WebSocket, the full list for every change.

import { Viewer } from "./viewer.js";

export class SeedViewer extends Viewer {
  constructor(population, index) {
    super(population, index);
    this.query = `/parties/main/site?_pk=${index}`;
    this.changes = 0;
    this.status = "active";
  }

  opened() {
    this.arrive();
  }

  send(place) {
    this.socket.send(this.message(place));
  }

  sendStatus(status) {
    this.status = status;
    return this.tell(this.message(this.place));
  }

  message(place) {
    this.changes += 1;
    const change = `${this.index} ${this.changes} ${place}`;
    return JSON.stringify({ type: "add", change, person: this.person(place) });
  }

  // Only what a face needs: the site publishes a role and a time as well.
  person(place) {
    const avatar = "/static/avatars/ada.svg";
    return { id: this.index, name: `Learner ${this.index}`, avatar, place, status: this.status };
  }

  // The server's answer to a change is the list that it caused. Only the head of the list is read.
  read(data) {
    const change = /"change":"([^"]*)"/.exec(data.toString("latin1", 0, 120))?.[1];
    if (!change) return true;
    const [index, , place] = change.split(" ");
    this.population.show(this, change, () => [[Number(index), [place]]]);
    if (Number(index) === this.index) this.answer();
    return true;
  }
}
