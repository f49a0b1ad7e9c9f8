// One frame per topic and tick on the Node peer, much as `presence/delivery/broadcast.py` does it: the first change at once, then
// a rest of four times the cost of sending, at least a tick, and never more than a third of the process for all topics. The ticks of a
// topic that never rests do not grow, and newcomers do not wait for one another.

const TICK_MS = 50;
const TOPIC_REST = 4;
const BURST_MS = 100;

export class Broadcast {
  constructor(io, roster) {
    this.io = io;
    this.roster = roster;
    this.due = new Map();
    this.freeAt = 0;
    this.timer = null;
  }

  publish() {
    const now = performance.now();
    const at = (path) => this.due.get(path) ?? 0;
    for (const path of [...this.roster.changed].sort((a, b) => at(a) - at(b))) {
      if (at(path) > now || this.freeAt - now > BURST_MS) break;
      this.tell(path, now);
    }
    this.later(now);
  }

  tell(path, now) {
    this.roster.changed.delete(path);
    const diff = this.roster.topic(path).publish();
    if (!diff) return;
    const started = performance.now();
    this.io.to(`topic:${path}`).emit("presence_diff", diff);
    const cost = performance.now() - started;
    this.due.set(path, now + Math.max(TICK_MS, TOPIC_REST * cost));
    this.freeAt = Math.max(this.freeAt, now) + 2 * cost;
  }

  later(now) {
    if (this.timer || !this.roster.changed.size) return;
    const earliest = Math.min(...[...this.roster.changed].map((path) => this.due.get(path) ?? 0));
    const wait = Math.max(earliest, this.freeAt - BURST_MS) - now;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.publish();
    }, Math.max(1, wait));
  }
}
