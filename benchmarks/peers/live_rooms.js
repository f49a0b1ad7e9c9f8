// The events of rooms on the Node peer: pointers and the clock of a video, for people who are who they say.

import { LiveRoom } from "./live_room.js";

export class LiveRooms {
  constructor(io) {
    this.io = io;
    this.rooms = new Map();
  }

  listen(socket, id) {
    const slots = {};
    const room = (name) => this.room(name, socket.data.place);
    socket.on("room_join", ({ rooms }, answer) => {
      for (const name of rooms) slots[name] ??= room(name).join(socket, faceOf(id));
      answer({ ok: true, slots, every: Object.fromEntries(rooms.map((name) => [name, 100])) });
    });
    socket.on("room_signal", ({ room: name, value }) => room(name).move(slots[name], value));
    socket.on("room_call", ({ room: name, with: { video, at } }, answer) => {
      const cell = { playing: false, at, since: Date.now(), rate: 1 };
      room(name).put({ [video]: cell, [`${video}:by`]: { by: faceOf(id), did: "jumped" } });
      answer({ ok: true, reply: null });
    });
  }

  room(name, place) {
    const key = `${name} ${place}`;
    if (!this.rooms.has(key)) this.rooms.set(key, new LiveRoom(this.io, name, place));
    return this.rooms.get(key);
  }
}

function faceOf(id) {
  return { key: String(id).padStart(20, "0"), name: `Learner ${id}`, avatar: "/static/avatars/ada.svg", role: "learner" };
}
