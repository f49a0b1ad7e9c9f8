import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Rooms } from "../../static/js/presence/rooms.js";

const turn = () => new Promise((resolve) => setImmediate(resolve));

class FakeSocket {
  connected = true;
  sent = [];
  answers = { room_join: { ok: true, slots: {}, every: {} } };
  #listeners = new Map();

  on(event, listener) {
    this.#listeners.set(event, listener);
  }

  off(event) {
    this.#listeners.delete(event);
  }

  emit(event, payload, answered) {
    this.sent.push([event, payload]);
    const answer = this.answers[event];
    if (answered && answer) queueMicrotask(() => answered(typeof answer === "function" ? answer(payload) : answer));
  }

  receive(event, message) {
    this.#listeners.get(event)?.(message);
  }

  get events() {
    return [...this.#listeners.keys()];
  }
}

function joined(name = "lamp") {
  const socket = new FakeSocket();
  socket.answers.room_join = { ok: true, slots: { [name]: 3 }, every: { [name]: 100 } };
  const seen = { cells: [], people: [], signals: [], me: [], trouble: [] };
  const handlers = Object.fromEntries(Object.keys(seen).map((part) => [part, (...values) => seen[part].push(values)]));
  const rooms = new Rooms(socket);
  const room = rooms.join(name, handlers);
  rooms.entered();
  return { socket, rooms, room, seen };
}

const state = (seq, cells, more = {}) => ({ room: "lamp", place: "a/b/c", audience: "", epoch: "one", seq, cells, ...more });
const plain = (object) => JSON.parse(JSON.stringify(object));

test("a room is joined when the page has entered, several in one event", async () => {
  const socket = new FakeSocket();
  const rooms = new Rooms(socket);
  rooms.join("lamp");
  rooms.join("polls");
  await turn();
  assert.deepEqual(socket.sent, []);
  rooms.entered();
  assert.deepEqual(socket.sent, [["room_join", { rooms: ["lamp", "polls"] }]]);
  rooms.join("timer");
  rooms.join("notes");
  await turn();
  assert.deepEqual(socket.sent[1], ["room_join", { rooms: ["timer", "notes"] }]);
});

test("one room that is not open here does not take the others with it", async () => {
  const socket = new FakeSocket();
  socket.answers.room_join = ({ rooms }) =>
    rooms.includes("polls") ? { ok: false, error: "There is no room 'polls' at 'a'." } : { ok: true, slots: {}, every: {} };
  const troubles = [];
  const rooms = new Rooms(socket);
  rooms.join("polls", { trouble: (sentence) => troubles.push(["polls", sentence]) });
  rooms.join("lamp", { trouble: (sentence) => troubles.push(["lamp", sentence]) });
  rooms.entered();
  await turn();
  assert.deepEqual(socket.sent.map(([, { rooms: names }]) => names), [["polls", "lamp"], ["polls"], ["lamp"]]);
  assert.deepEqual(troubles.sort(), [["lamp", ""], ["polls", "There is no room 'polls' at 'a'."]]);
});

test("a page with one room too many keeps the eight others and says why the last is closed", async () => {
  const socket = new FakeSocket();
  const open = new Set();
  socket.answers.room_join = ({ rooms }) => {
    if (rooms.length > 8) return { ok: false, error: `Join 1 to 8 rooms, not ${rooms.length}.` };
    if (open.size + rooms.length > 8) return { ok: false, error: "A page joins at most 8 rooms at once." };
    for (const name of rooms) open.add(name);
    return { ok: true, slots: {}, every: {} };
  };
  const troubles = new Map();
  const rooms = new Rooms(socket);
  const names = [..."abcdefghi"];
  for (const name of names) rooms.join(name, { trouble: (sentence) => troubles.set(name, sentence) });
  rooms.entered();
  await turn();
  assert.deepEqual([...open], names.slice(0, 8));
  assert.deepEqual(names.map((name) => troubles.get(name)), [...Array(8).fill(""), "A page joins at most 8 rooms at once."]);
});

test("a refusal is told as one, a lost connection only as trouble", async () => {
  const socket = new FakeSocket();
  socket.answers.room_join = () => ({ ok: false, error: "A page joins at most 8 rooms at once." });
  const [refusals, rooms] = [[], new Rooms(socket)];
  rooms.join("wave", { refused: (sentence) => refusals.push(sentence) });
  rooms.entered();
  await turn();
  socket.receive("disconnect", "transport close");
  assert.deepEqual(refusals, ["A page joins at most 8 rooms at once."]);
});

test("all rooms that came too soon are tried again", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const socket = new FakeSocket();
  socket.answers.room_join = () => ({ ok: false, error: "Too many events at once." });
  const [refusals, rooms] = [[], new Rooms(socket)];
  for (const name of ["wave", "lamp"]) rooms.join(name, { refused: (sentence) => refusals.push(sentence) });
  rooms.entered();
  await turn();
  socket.sent.length = 0;
  mock.timers.tick(2_000);
  await turn();
  mock.timers.reset();
  assert.deepEqual(socket.sent[0], ["room_join", { rooms: ["wave", "lamp"] }]);
  assert.deepEqual(refusals, []);
});

test("a room whose code has failed is tried again, ever later, until it opens", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const socket = new FakeSocket();
  let answer = { ok: false, error: "Something broke on our side. Try again." };
  socket.answers.room_join = () => answer;
  const [refusals, troubles, rooms] = [[], [], new Rooms(socket)];
  rooms.join("polls", { refused: (sentence) => refusals.push(sentence), trouble: (sentence) => troubles.push(sentence) });
  rooms.entered();
  await turn();
  const tries = [];
  for (let seconds = 1; seconds <= 200; seconds += 1) {
    if (seconds === 150) answer = { ok: true, slots: {}, every: {} };
    const before = socket.sent.length;
    mock.timers.tick(1_000);
    await turn();
    if (socket.sent.length > before) tries.push(seconds);
  }
  mock.timers.reset();
  assert.deepEqual(tries, [2, 6, 14, 30, 62, 122, 182]);
  assert.deepEqual(refusals, []);
  assert.equal(troubles.at(-1), "");
});

test("a server that does not answer a join is asked again", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const socket = new FakeSocket();
  socket.answers.room_join = null;
  const [refusals, rooms] = [[], new Rooms(socket)];
  rooms.join("polls", { refused: (sentence) => refusals.push(sentence) });
  rooms.entered();
  mock.timers.tick(5_000);
  await turn();
  mock.timers.tick(2_000);
  await turn();
  mock.timers.reset();
  assert.deepEqual([socket.sent.length, refusals], [2, []]);
});

test("cells come whole, with what has changed", () => {
  const { socket, seen } = joined();
  socket.receive("room_state", state(4, { a: 1, b: [2] }));
  socket.receive("room_diff", { ...state(5, { a: null, c: 3 }) });
  assert.deepEqual(seen.cells.map(plain), [[{ a: 1, b: [2] }, { a: 1, b: [2] }], [{ b: [2], c: 3 }, { a: null, c: 3 }]]);
});

test("names of the prototype are names like others", () => {
  const { socket, seen } = joined();
  socket.receive("room_state", JSON.parse('{"room":"lamp","place":"a","audience":"","epoch":"one","seq":1,"cells":{"__proto__":{"x":1},"constructor":2}}'));
  const [all] = seen.cells[0];
  assert.deepEqual(Object.keys(all).sort(), ["__proto__", "constructor"]);
  assert.equal(all.x, undefined);
  assert.equal({}.x, undefined);
});

test("the cells of several audiences are one map, and people come with the first of them", () => {
  const { socket, seen } = joined();
  const face = { key: "k", name: "Ada", avatar: "", role: "learner" };
  socket.receive("room_state", state(1, { open: true }, { people: { 3: face, 4: null }, total: 2 }));
  socket.receive("room_state", state(9, { tally: 5 }, { audience: "answered" }));
  socket.receive("room_diff", { room: "lamp", place: "a/b/c", audience: "", epoch: "one", seq: 2, left: [3], total: 1 });
  assert.deepEqual(plain(seen.cells.at(-1)[0]), { open: true, tally: 5 });
  assert.deepEqual(seen.people.map(([people, total]) => [[...people], total]), [[[[3, face], [4, null]], 2], [[[4, null]], 1]]);
});

test("a gap joins again, and the state heals it", async () => {
  const { socket, seen } = joined();
  await turn();
  socket.receive("room_state", state(1, { n: 1 }));
  socket.receive("room_diff", state(3, { n: 3 }));
  await turn();
  assert.deepEqual(socket.sent.at(-1), ["room_join", { rooms: ["lamp"] }]);
  assert.deepEqual(plain(seen.cells.at(-1)[0]), { n: 1 });
  socket.receive("room_state", state(3, { n: 3 }));
  socket.receive("room_diff", state(4, { n: 4 }));
  assert.deepEqual(plain(seen.cells.at(-1)[0]), { n: 4 });
});

test("a state of the same number is believed: someone hidden gets states instead of diffs", () => {
  const { socket, seen } = joined();
  socket.receive("room_state", state(4, { n: 1 }));
  socket.receive("room_state", state(4, { n: 2 }));
  assert.deepEqual(plain(seen.cells.at(-1)), [{ n: 2 }, { n: 2 }]);
});

test("what is told of the last place is not shown at the next", () => {
  const { socket, rooms, seen } = joined();
  socket.receive("room_state", state(4, { n: 1 }));
  rooms.entered();
  socket.receive("room_state", { ...state(1, { n: 7 }), place: "a/b/d" });
  socket.receive("room_diff", state(5, { n: 2 }));
  socket.receive("room_signals", { room: "lamp", place: "a/b/c", signals: { claps: 1 } });
  assert.deepEqual(plain(seen.cells.at(-1)[0]), { n: 7 });
  assert.deepEqual(seen.signals, []);
});

test("a call resolves its reply, or rejects with the sentence", async () => {
  const { socket, room } = joined();
  socket.answers.room_call = { ok: true, reply: { right: true } };
  assert.deepEqual(await room.call("answer", { option: "1" }), { right: true });
  assert.deepEqual(socket.sent.at(-1), ["room_call", { room: "lamp", call: "answer", with: { option: "1" } }]);
  socket.answers.room_call = { ok: false, error: "This round is over." };
  await assert.rejects(room.call("answer", {}), /^Error: This round is over\.$/);
  socket.connected = false;
  await assert.rejects(room.call("answer", {}), /no connection/);
});

test("a call without an answer rejects after five seconds", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { room } = joined();
  const call = room.call("answer", {});
  context.mock.timers.tick(5_000);
  await assert.rejects(call, /did not answer/);
});

test("signals go out at most once in `every`, the last one always", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { socket, room } = joined();
  socket.sent = [];
  for (const x of [1, 2, 3]) room.signal("at", [x]);
  room.signal("claps", 1);
  context.mock.timers.tick(100);
  context.mock.timers.tick(100);
  room.signal("at", [4]);
  const values = socket.sent.map(([event, { signal, value }]) => [event, signal, value]);
  assert.deepEqual(values, [["room_signal", "at", [1]], ["room_signal", "claps", 1], ["room_signal", "at", [3]], ["room_signal", "at", [4]]]);
  assert.ok(socket.sent.every(([, payload]) => payload.room === "lamp"));
});

test("offline, signals are dropped", () => {
  const { socket, room } = joined();
  socket.sent = [];
  socket.connected = false;
  room.signal("at", [1]);
  assert.deepEqual(socket.sent, []);
});

test("my slot and my pace come with the join and when they change", async () => {
  const { socket, room, seen } = joined();
  await turn();
  socket.receive("room_state", state(1, {}));
  socket.receive("room_me", { room: "lamp", place: "a/b/c", slot: null, every: 200 });
  socket.receive("room_me", { room: "lamp", place: "a/b/c", slot: null, every: 200 });
  assert.deepEqual(seen.me, [[{ slot: 3, every: 100 }], [{ slot: null, every: 200 }]]);
  assert.equal(room.slot, null);
});

test("signals have no prototype", () => {
  const { socket, seen } = joined();
  socket.receive("room_state", state(1, {}));
  socket.receive("room_signals", { room: "lamp", place: "a/b/c", signals: { claps: 7 } });
  assert.equal(seen.signals[0][0].claps, 7);
  assert.equal(Object.getPrototypeOf(seen.signals[0][0]), null);
});

test("a room that has been left hears nothing, and says so once", async () => {
  const { socket, room, seen } = joined();
  await turn();
  room.leave();
  room.leave();
  socket.receive("room_state", state(1, { n: 1 }));
  assert.deepEqual(seen.cells, []);
  assert.deepEqual(socket.sent.filter(([event]) => event === "room_leave"), [["room_leave", { room: "lamp" }]]);
});

test("a lost connection is told, and the next enter joins again", async () => {
  const { socket, rooms, seen } = joined();
  await turn();
  socket.receive("disconnect", "transport close");
  assert.match(seen.trouble.at(-1)[0], /no connection/);
  rooms.entered();
  await turn();
  assert.equal(seen.trouble.at(-1)[0], "");
  assert.equal(socket.sent.filter(([event]) => event === "room_join").length, 2);
});

test("closing stops listening", () => {
  const { socket, rooms } = joined();
  rooms.close();
  assert.deepEqual(socket.events, []);
});
