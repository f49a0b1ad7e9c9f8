// The server's time, estimated from probes: a request and its reply (Cristian 1989). Pure.
//
// The reply was written at some moment between sending and receiving; the shorter the wait, the more exactly it is known.
// So of the last probes the one with the least round trip counts, as in SyncPlay's TimeSync. Times are milliseconds.

const PROBES_KEPT = 8;
// Two clocks that run go apart by some milliseconds in as many minutes.
const APART_MS = 20;

export class ServerClock {
  #probes = [];

  heard(askedAt, serverNow, heardAt) {
    if (!Number.isFinite(serverNow)) return;
    const probe = { trip: heardAt - askedAt, offset: serverNow - (askedAt + heardAt) / 2 };
    // A probe that contradicts the newest is from before a clock jumped, as when a laptop has slept.
    this.#probes = [...this.#probes.filter((one) => agree(one, probe)), probe];
    if (this.#probes.length > PROBES_KEPT) this.#probes.shift();
  }

  get known() {
    return this.#probes.length > 0;
  }

  now(localNow) {
    return localNow + (this.known ? this.#best().offset : 0);
  }

  #best() {
    return this.#probes.reduce((best, probe) => (probe.trip < best.trip ? probe : best));
  }
}

// Each knows the offset to within half its trip.
function agree(one, other) {
  return Math.abs(one.offset - other.offset) <= (one.trip + other.trip) / 2 + APART_MS;
}

// Where a video stands: `clock` is {"playing", "at" (s), "since" (ms of the server), "rate"}; clamped to its length.
export function positionOf({ playing, at, since, rate }, serverNow, length = Infinity) {
  const moved = playing ? (Math.max(serverNow - since, 0) / 1000) * rate : 0;
  return Math.min(Math.max(at + moved, 0), length);
}
