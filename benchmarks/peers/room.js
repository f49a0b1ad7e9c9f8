// The seed's algorithm, written from its description: one room for the whole site, the state of a person kept on
// their connection, and on every add, remove and close the full list, as JSON, to every connection.
//
// `change` names what the list was sent for. It costs the peer twenty bytes a frame, and spares the load generator,
// which shares the machine, from reading the list.

export default class Room {
  constructor(room) {
    this.room = room;
  }

  onMessage(text, connection) {
    const message = JSON.parse(text);
    connection.setState(message.type === "add" ? message.person : null);
    this.tellEverybody(message.change);
  }

  onClose(connection) {
    connection.setState(null);
    this.tellEverybody("");
  }

  tellEverybody(change) {
    const people = [...this.room.getConnections()].map((connection) => connection.state).filter(Boolean);
    this.room.broadcast(JSON.stringify({ type: "presence", change, people }));
  }
}
