// A viewer of the site, or of anything that speaks its protocol: Engine.IO 4 and Socket.IO 5 in text frames.
//
//   0{…} open   2 ping   3 pong   40 connect   44 refused   42[event, payload] event   43<id>[answer] acknowledgement

import { RoomCells } from "./rooms.js";
import { move, orderTo, shownBy } from "./shared.js";
import { Viewer } from "./viewer.js";

const ZERO = 0x30;
const [OPEN, PING, MESSAGE] = [ZERO, ZERO + 2, ZERO + 4];
const [CONNECT, EVENT, ACK, REFUSED] = [ZERO, ZERO + 2, ZERO + 3, ZERO + 4];
const DIFF = '42["presence_diff",';
const ROOM = '42["room_';

export class SiteViewer extends Viewer {
  constructor(population, index) {
    super(population, index);
    this.rooms = new RoomCells();
    this.query = `/socket.io/?EIO=4&transport=websocket&user=${index}`;
    const cookie = population.cookies?.[index];
    if (cookie) this.headers = { Cookie: `session=${cookie}` };
  }

  opened() {}

  send(place) {
    this.socket.send(`421["enter",{"place":"${place}"}]`);
  }

  sendStatus(status) {
    return this.tell(`421["activity",{"status":"${status}"}]`);
  }

  // Like a page, it joins its rooms again at the new place.
  async move(place) {
    await super.move(place);
    if (this.joined) await this.joinRooms(this.joined);
  }

  joinRooms(rooms) {
    this.joined = rooms;
    return this.tell(`421${JSON.stringify(["room_join", { rooms }])}`);
  }

  // The name of my pointer in the frames of the room.
  get pointer() {
    return this.slots?.pointers;
  }

  point(number) {
    this.socket?.send(move(number));
  }

  order(number) {
    return this.call("watching", "control", orderTo(number));
  }

  call(room, call, given) {
    return this.tell(`421${JSON.stringify(["room_call", { room, call, with: given }])}`);
  }

  // Points somewhere else than before; a signal is not answered.
  signal(turn) {
    const value = [turn % 50, turn % 200, 0, 0];
    this.socket?.send(`42${JSON.stringify(["room_signal", { room: "pointers", signal: "at", value }])}`);
  }

  read(data) {
    if (data[0] === OPEN) this.socket.send("40");
    else if (data[0] === PING) this.socket.send("3");
    else if (data[0] === MESSAGE) this.readMessage(data);
    return data[0] === MESSAGE;
  }

  readMessage(data) {
    if (data[1] === EVENT) this.readEvent(data);
    else if (data[1] === ACK) this.readAnswer(data.toString());
    else if (data[1] === CONNECT) this.arrive();
    else if (data[1] === REFUSED) this.fail(data.toString());
  }

  readAnswer(text) {
    if (text.includes('"slots":')) this.slots = JSON.parse(text.slice(text.indexOf("[")))[0].slots;
    if (text.includes('"ok":true')) this.answer();
    else this.fail(text);
  }

  // A diff is the same text for all who watch the topic, so it is parsed for the first of them alone; its head, with
  // topic, epoch and seq, tells it from all others.
  readEvent(data) {
    this.events += 1;
    const head = data.toString("latin1", 0, 200);
    if (head.startsWith(ROOM)) {
      const text = data.toString();
      this.rooms.read(text);
      this.population.trail?.see(text, shownBy);
    }
    if (!head.startsWith(DIFF)) return;
    const key = head.slice(0, head.indexOf(",", head.indexOf('"seq":')));
    this.population.show(this, key, () => people(JSON.parse(data.toString().slice(2))[1]));
  }
}

// The people and places in the diff of a section; none for wider topics, which need not show a change.
function people({ topic, joins = [], updates = [] }) {
  if (topic.split("/").length !== 2) return [];
  return [...joins, ...updates].map((person) => [Number(person.name.split(" ")[1]), person.places]);
}
