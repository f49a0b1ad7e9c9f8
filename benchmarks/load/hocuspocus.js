// A viewer of `peers/hocuspocus.js`: sends the messages of Hocuspocus' own provider in its order, with an empty document.
//
// A message is the document's name, its type and its content. Everyone renews their state after 15 seconds of
// doing nothing, as the awareness protocol of Yjs has it, or they are taken for gone.

import * as encoding from "lib0/encoding";
import { MarkedViewer } from "./marks.js";

const [SYNC, AWARENESS, AUTH, SYNC_REPLY] = [0, 1, 2, 4];
const [STEP_1, STEP_2] = [0, 1];
const RENEW_MS = 15_000;
const LARGEST_CHANGE = 1_000;
const CHANGE = /"change":"(\d+ \d+)","place":"([^"]*)"/g;

export class HocuspocusViewer extends MarkedViewer {
  constructor(population, index) {
    super(population, index);
    this.query = "/";
    this.clock = 0;
  }

  opened() {
    this.document = this.place.split("/")[0];
    this.say(AUTH, (encoder) => {
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarString(encoder, "");
    });
  }

  send(place) {
    const user = { name: `Learner ${this.index}`, avatar: "/static/avatars/ada.svg" };
    const since = Math.floor(Date.now() / 1000);
    this.state = JSON.stringify({ change: this.nextMark(), place, status: "active", since, user });
    this.renew();
  }

  renew() {
    clearTimeout(this.renewal);
    this.renewal = setTimeout(() => this.renew(), RENEW_MS);
    this.clock += 1;
    const encoder = encoding.createEncoder();
    for (const number of [1, this.index, this.clock]) encoding.writeVarUint(encoder, number);
    encoding.writeVarString(encoder, this.state);
    this.say(AWARENESS, (message) => encoding.writeVarUint8Array(message, encoding.toUint8Array(encoder)));
  }

  close() {
    clearTimeout(this.renewal);
    super.close();
  }

  read(data) {
    const start = 1 + data[0];
    if (data[start] === AWARENESS) return this.readAwareness(data);
    if (data[start] === AUTH) this.join();
    else if ((data[start] === SYNC || data[start] === SYNC_REPLY) && data[start + 1] === STEP_1) this.sync(STEP_2, [0, 0]);
    return true;
  }

  // A long one is the state of all, for a newcomer.
  readAwareness(data) {
    return data.length > LARGEST_CHANGE || this.readMarks(data.toString("latin1"), CHANGE);
  }

  join() {
    this.sync(STEP_1, [0]);
    this.arrive();
  }

  sync(step, update) {
    this.say(SYNC, (encoder) => {
      encoding.writeVarUint(encoder, step);
      encoding.writeVarUint8Array(encoder, Uint8Array.from(update));
    });
  }

  say(type, write) {
    const encoder = encoding.createEncoder();
    encoding.writeVarString(encoder, this.document);
    encoding.writeVarUint(encoder, type);
    write(encoder);
    this.socket?.send(encoding.toUint8Array(encoder));
  }
}
