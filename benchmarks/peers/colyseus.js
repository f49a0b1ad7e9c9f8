// Rooms of Colyseus with its state synchronization: `node peers/colyseus.js PORT`.
//
// Colyseus 0.16 (0.17 and later need Node 22), written as docs.colyseus.io has it: the room of its page "State
// Synchronization", a MapSchema of those who joined, changed by a message, sent as patches 20 times a second. One room per
// course, because a course is what its people see together.
//
// `change` is the number of a person's last change. It costs a few bytes a patch, and spares the load generator, which
// shares the machine, from keeping the state of every client.

import { Room, Server } from "@colyseus/core";
import { defineTypes, MapSchema, Schema } from "@colyseus/schema";
import { WebSocketTransport } from "@colyseus/ws-transport";

class Person extends Schema {}
defineTypes(Person, { change: "string", place: "string", name: "string", avatar: "string", status: "string", since: "number" });

class Course extends Schema {
  constructor() {
    super();
    this.people = new MapSchema();
  }
}
defineTypes(Course, { people: { map: Person } });

class CourseRoom extends Room {
  state = new Course();

  onCreate() {
    this.onMessage("move", (client, { change, place }) => {
      this.state.people.get(client.sessionId)?.assign({ change, place });
    });
  }

  onJoin(client, { change, place, name }) {
    const since = Math.floor(Date.now() / 1000);
    const person = new Person().assign({ change, place, name, avatar: "/static/avatars/ada.svg", status: "active", since });
    this.state.people.set(client.sessionId, person);
  }

  onLeave(client) {
    this.state.people.delete(client.sessionId);
  }
}

const server = new Server({ transport: new WebSocketTransport(), greet: false });
server.define("course", CourseRoom).filterBy(["course"]);
server.listen(Number(process.argv[2]), "127.0.0.1", 1024);
