import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Follower } from "../../../static/js/live/watching/follower.js";

// A player whose time passes with the mocked timers, and which seeks in `seekMs`.
class FakeVideo extends EventTarget {
  paused = true;
  seeking = false;
  readyState = 4;
  muted = false;
  seeks = 0;
  orders = [];
  refuses = false;
  #position = 0;
  #since = 0;
  #rate = 1;

  constructor(seekMs = 100) {
    super();
    this.seekMs = seekMs;
  }

  get currentTime() {
    const moves = !this.paused && !this.seeking;
    return this.#position + (moves ? ((Date.now() - this.#since) / 1000) * this.#rate : 0);
  }

  set currentTime(position) {
    this.seeks += 1;
    this.#position = position;
    this.seeking = true;
    setTimeout(() => {
      this.#since = Date.now();
      this.seeking = false;
      this.dispatchEvent(new Event("seeked"));
    }, this.seekMs);
  }

  get playbackRate() {
    return this.#rate;
  }

  set playbackRate(rate) {
    if (!this.seeking) [this.#position, this.#since] = [this.currentTime, Date.now()];
    this.#rate = rate;
  }

  async play() {
    this.orders.push("play");
    if (this.refuses && !this.muted) throw Object.assign(new Error(), { name: "NotAllowedError" });
    if (this.paused) this.#since = Date.now();
    this.paused = false;
  }

  pause() {
    this.#position = this.currentTime;
    this.paused = true;
  }
}

async function pass(ms, step = 10) {
  for (let done = 0; done < ms; done += step) {
    mock.timers.tick(step);
    await null;
    await null;
    await null;
  }
}

function setUp({ seekMs, ahead = 5_000_000, length = 94 } = {}) {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: 1_000_000 });
  const video = new FakeVideo(seekMs);
  const told = { refused: 0 };
  const now = () => Date.now() + ahead;
  const follower = new Follower(video, { length, now, local: () => Date.now(), refused: () => (told.refused += 1) });
  return { video, follower, now, told };
}

test.afterEach(() => mock.timers.reset());

test("a play order begins at its moment, for everyone alike and with nothing lost", async () => {
  const { video, follower, now } = setUp();
  follower.follow({ playing: true, at: 0, since: now() + 400, rate: 1 });
  await pass(390);
  assert.equal(video.paused, true);
  await pass(1_000);
  assert.ok(Math.abs(video.currentTime - 0.99) < 0.03, video.currentTime);
  assert.equal(video.seeks, 0);
});

test("a late joiner goes ahead once, waits, and is in step within a second", async () => {
  const { video, follower, now } = setUp({ seekMs: 400 });
  follower.follow({ playing: true, at: 10, since: now() - 20_000, rate: 1 });
  await pass(1_000);
  assert.equal(video.seeks, 1);
  assert.ok(Math.abs(video.currentTime - follower.position) < 0.03);
});

test("one whose seek is slower than thought catches up by playing faster", async () => {
  const { video, follower, now } = setUp({ seekMs: 1_400 });
  follower.follow({ playing: true, at: 10, since: now() - 20_000, rate: 1 });
  await pass(2_500);
  assert.ok(video.playbackRate > 1);
  await pass(20_000);
  assert.equal(video.seeks, 1);
  assert.ok(Math.abs(video.currentTime - follower.position) <= 0.08);
});

test("a pause stands still where the others stand", async () => {
  const { video, follower, now } = setUp();
  follower.follow({ playing: true, at: 0, since: now(), rate: 1 });
  await pass(3_000);
  follower.follow({ playing: false, at: 2.5, since: now(), rate: 1 });
  await pass(500);
  assert.deepEqual([video.paused, video.currentTime], [true, 2.5]);
});

test("at the end all stand at the end", async () => {
  const { video, follower, now } = setUp({ length: 6 });
  follower.follow({ playing: true, at: 5, since: now(), rate: 1 });
  await pass(2_500);
  assert.equal(video.paused, true);
  assert.equal(video.currentTime, 6);
  assert.equal(follower.hasEnded, true);
});

test("a speed is for all, and a nudge comes on top of it", async () => {
  const { video, follower, now } = setUp();
  follower.follow({ playing: true, at: 0, since: now(), rate: 1.5 });
  await pass(10_000);
  assert.ok(Math.abs(video.currentTime - 15) < 0.15, video.currentTime);
});

test("a player that the browser has stopped is started again, not the others stopped", async () => {
  const { video, follower, now } = setUp();
  follower.follow({ playing: true, at: 0, since: now(), rate: 1 });
  await pass(3_000);
  video.pause();
  await pass(6_000);
  assert.equal(video.paused, false);
  assert.ok(Math.abs(video.currentTime - follower.position) < 0.1);
});

test("a browser that wants a click plays without sound until there is one", async () => {
  const { video, follower, now, told } = setUp();
  video.refuses = true;
  follower.follow({ playing: true, at: 0, since: now(), rate: 1 });
  await pass(1_000);
  assert.deepEqual([video.muted, video.paused, told.refused], [true, false, 1]);
  video.refuses = false;
  follower.retry();
  await pass(1_000);
  assert.deepEqual([video.muted, video.paused], [false, false]);
});

test("let go, the player stays where it is and follows no one", async () => {
  const { video, follower, now } = setUp();
  follower.follow({ playing: true, at: 0, since: now(), rate: 1.25 });
  await pass(2_000);
  follower.follow(null);
  const seeks = video.seeks;
  video.pause();
  await pass(5_000);
  assert.deepEqual([video.paused, video.seeks, video.playbackRate], [true, seeks, 1]);
});

test("an order while another one is under way replaces it", async () => {
  const { video, follower, now } = setUp({ seekMs: 800 });
  follower.follow({ playing: true, at: 10, since: now() - 5_000, rate: 1 });
  await pass(300);
  follower.follow({ playing: false, at: 30, since: now(), rate: 1 });
  await pass(3_000);
  assert.deepEqual([video.paused, video.currentTime], [true, 30]);
});
