// A room of this site's protocol on the Node peer, by the same rules as `presence/rooms/`: slots, a state for who joins,
// one diff and one frame of signals a tick at most, the first at once.

const TICK_MS = 100;
const SLOTS = 30;
const EPOCH = Math.random().toString(16).slice(2, 10);

export class LiveRoom {
  constructor(io, name, place) {
    Object.assign(this, { io, name, place });
    this.channel = `room:${name}:${place}`;
    this.people = new Map();
    this.cells = {};
    this.total = this.seq = this.due = 0;
    this.news = {};
    this.moves = {};
    this.timer = null;
  }

  // Returns the slot of the newcomer, null when all are taken.
  join(socket, face) {
    this.total += 1;
    const slot = this.people.size < SLOTS ? this.people.size + 1 : null;
    if (slot) this.people.set(slot, face);
    const people = Object.fromEntries(this.people);
    socket.join(this.channel);
    socket.emit("room_state", { ...this.head(), epoch: EPOCH, seq: this.seq, cells: this.cells, people, total: this.total });
    this.tell({ people: slot ? { ...this.news.people, [slot]: face } : (this.news.people ?? {}), total: this.total });
    return slot;
  }

  move(slot, value) {
    if (slot === null) return;
    this.moves[slot] = value;
    this.later();
  }

  put(cells) {
    Object.assign(this.cells, cells);
    this.tell({ cells: { ...this.news.cells, ...cells } });
  }

  tell(news) {
    Object.assign(this.news, news);
    this.later();
  }

  later() {
    this.timer ??= setTimeout(() => this.tick(), Math.max(0, this.due - performance.now()));
  }

  tick() {
    this.timer = null;
    this.due = performance.now() + TICK_MS;
    const [news, moves] = [this.news, this.moves];
    [this.news, this.moves] = [{}, {}];
    if (Object.keys(news).length) {
      this.seq += 1;
      this.io.to(this.channel).emit("room_diff", { ...this.head(), epoch: EPOCH, seq: this.seq, ...news });
    }
    if (Object.keys(moves).length) {
      const { room, place } = this.head();
      this.io.to(this.channel).emit("room_signals", { room, place, signals: { at: moves } });
    }
  }

  head() {
    return { room: this.name, place: this.place, audience: "" };
  }
}
