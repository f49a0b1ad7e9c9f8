// One open page: a WebSocket, the place of its reader, and the messages that arrive. `site.js` and `seed.js` say what it speaks:
// `query` and `headers` of the handshake, `opened()`, `send(place)` and `read(data)`, which calls `answer()`.

import WebSocket from "ws";
import { sectionOf } from "./places.js";

export class Viewer {
  constructor(population, index) {
    this.population = population;
    this.index = index;
    this.headers = {};
    this.bytesBefore = this.events = 0;
    this.asked = [];
  }

  // Opens the page at a place. Resolves when the server has taken the reader in; rejects when it does not.
  // At the place where they were before, as after a reload, they are news to no one.
  open(place) {
    this.isNews = place !== this.place;
    this.place = place;
    return this.ask(() => {
      this.socket = this.connect();
    });
  }

  // Turns to another place. Resolves when the server has taken it.
  move(place) {
    this.isNews = true;
    this.place = place;
    return this.ask(() => this.arrive());
  }

  // Sends something else, like being away. Resolves when the server has taken it.
  tell(message) {
    return this.ask(() => this.socket.send(message));
  }

  // Goes away as a browser does, without a word.
  close() {
    const socket = this.socket;
    this.socket = null;
    this.section = null;
    this.fail("the page was closed.");
    socket?.terminate();
  }

  arrive() {
    this.turnTo(sectionOf(this.place));
    if (this.isNews) this.population.sightings.make(this.index, this.place);
    this.send(this.place);
  }

  turnTo(section) {
    if (section === this.section) return;
    this.section = section;
    this.inSectionSince = performance.now();
  }

  // Answers come in the order of the requests.
  ask(send) {
    return new Promise((resolve, reject) => {
      this.asked.push({ resolve, reject });
      send();
    });
  }

  answer() {
    this.asked.shift()?.resolve();
  }

  fail(sentence) {
    const error = new Error(`Connection ${this.index}: ${sentence}`);
    for (const { reject } of this.asked.splice(0)) reject(error);
  }

  connect() {
    const options = { perMessageDeflate: false, skipUTF8Validation: true, headers: this.headers };
    const socket = new WebSocket(this.population.url + this.query, options);
    socket.on("open", () => this.opened());
    socket.on("message", (data) => socket === this.socket && this.population.received(this, data));
    socket.on("error", (error) => this.fail(error.message));
    socket.on("close", (code) => this.closed(socket, code));
    return socket;
  }

  closed(socket, code) {
    this.bytesBefore += socket._socket?.bytesRead ?? 0;
    if (socket !== this.socket) return;
    this.close();
    this.population.lost += 1;
    this.fail(`the server closed it with code ${code}.`);
  }

  // The bytes received, handshakes and frame headers included.
  get bytes() {
    return this.bytesBefore + (this.socket?._socket?.bytesRead ?? 0);
  }
}
