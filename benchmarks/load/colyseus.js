// A viewer of `peers/colyseus.js`: a seat is reserved over HTTP, then a WebSocket takes it, as Colyseus' own client does.
//
//   10 joined   11 error   13 a message, its type and msgpack   14 the whole state   15 a patch

import { pack } from "@colyseus/msgpackr";
import { MarkedViewer } from "./marks.js";

const [JOINED, ERROR, STATE, PATCH] = [10, 11, 14, 15];
const MOVE = Buffer.from("\x0d\xa4move", "latin1");
// The texts of two neighbouring fields, with what stands between them: the number of the field and the length.
const CHANGE = /(\d+ \d+)[^\w]{2,3}([a-z]+-\d+\/[a-z]+-\d+\/[a-z]+-\d+)/g;

export class ColyseusViewer extends MarkedViewer {
  async open(place) {
    const course = place.split("/")[0];
    const options = { course, place, change: this.nextMark(), name: `Learner ${this.index}` };
    const { room, sessionId } = await this.reserve(options);
    this.query = `/${room.processId}/${room.roomId}?sessionId=${sessionId}`;
    return super.open(place);
  }

  async reserve(options) {
    const url = `${this.population.url.replace(/^ws/, "http")}/matchmake/joinOrCreate/course`;
    const answer = await fetch(url, { method: "POST", body: JSON.stringify(options) });
    return answer.json();
  }

  // The seat holds the place, so the handshake already names it.
  connect() {
    this.arrive();
    return super.connect();
  }

  opened() {}

  send(place) {
    if (this.socket) this.socket.send(Buffer.concat([MOVE, pack({ change: this.nextMark(), place })]));
  }

  read(data) {
    if (data[0] === JOINED) this.socket.send(Buffer.of(JOINED));
    else if (data[0] === STATE) this.settle();
    else if (data[0] === ERROR) this.fail(data.toString());
    else if (data[0] === PATCH) this.readMarks(data.toString("latin1"), CHANGE);
    return true;
  }
}
