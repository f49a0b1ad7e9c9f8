// The seed's algorithm for pointers and for watching together, written from its description: one room, and
// everything that one page sends goes to every page at once, as it is. Nothing is kept, merged or bounded.

export default class Relay {
  constructor(room) {
    this.room = room;
  }

  onMessage(text) {
    this.room.broadcast(text);
  }
}
