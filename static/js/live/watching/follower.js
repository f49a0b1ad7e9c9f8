// Makes one player follow the clock of the room. It obeys the clock and nothing else, and gives no orders: what the
// player does by itself is never sent, so nothing echoes.
//
// `video` is an HTMLVideoElement; `now()` the server's time in ms, `local()` a steady clock; `refused()` is told when the
// browser plays nothing before a click.
import { positionOf } from "../clock.js";
import { START, aimAhead, ordered, sought, step } from "../drift.js";
import { canPlay, hasSound, untilPlayable } from "./playability.js";

const TICK_MS = 250;
const SETTLE_MS = 500;
const RETRY_MS = 2_000;
const LONGEST_WAIT_MS = 5_000;
const SAME_PLACE_S = 0.04;
const NEAR_ENOUGH_S = 0.3;

export class Follower {
  #video;
  #length;
  #now;
  #local;
  #refused;
  #clock = null;
  #drift = START;
  #timer = null;
  #attempt = 0;
  #starting = false;
  #startedAt = -Infinity;

  constructor(video, { length, now, local = () => performance.now(), refused = () => {} }) {
    [this.#video, this.#length, this.#now, this.#local, this.#refused] = [video, length, now, local, refused];
  }

  // The clock has been set; null lets the player go where it is.
  follow(clock) {
    this.#clock = clock;
    this.#attempt += 1;
    this.#starting = false;
    this.#drift = ordered(this.#drift);
    clearInterval(this.#timer);
    this.#timer = null;
    if (!clock) return this.#setRate(1);
    this.#setRate(clock.rate);
    if (!clock.playing || this.hasEnded) return this.#stand();
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    if (this.#video.paused || Math.abs(this.#offBy) > NEAR_ENOUGH_S || this.#now() < clock.since) this.#begin();
  }

  // Seconds that the others are ahead of this player.
  get #offBy() {
    return this.position - this.#video.currentTime;
  }

  // Where the others are.
  get position() {
    return this.#clock ? positionOf(this.#clock, this.#now(), this.#length) : this.#video.currentTime;
  }

  get hasEnded() {
    return Boolean(this.#clock?.playing) && this.position >= this.#length;
  }

  // After a click: what the browser refused before, it may allow now.
  retry() {
    this.#video.muted = false;
    if (this.#clock?.playing) this.#begin();
  }

  #tick() {
    if (this.hasEnded) return this.follow(this.#clock);
    if (this.#starting) return;
    if (this.#video.paused) {
      if (this.#local() - this.#startedAt > RETRY_MS && this.#isNoticed) this.#begin();
      return;
    }
    const { state, rate, seek } = step(this.#drift, {
      target: this.position,
      current: this.#video.currentTime,
      ready: this.#isReady,
      now: this.#local(),
      speed: this.#clock.rate,
    });
    this.#drift = state;
    this.#setRate(rate);
    if (seek !== null) this.#start(seek);
  }

  // A browser stops the picture of a hidden page that has no sound: that is not drift.
  get #isNoticed() {
    return !globalThis.document?.hidden || (!this.#video.muted && hasSound(this.#video));
  }

  get #isReady() {
    return canPlay(this.#video) && this.#local() - this.#startedAt >= SETTLE_MS && this.#isNoticed;
  }

  #stand() {
    this.#video.pause();
    if (Math.abs(this.#offBy) > SAME_PLACE_S) this.#video.currentTime = this.position;
  }

  #begin() {
    const { at, since, rate } = this.#clock;
    if (this.#now() < since) return this.#start(at);
    if (Math.abs(this.#offBy) <= NEAR_ENOUGH_S) return this.#start(this.#video.currentTime);
    this.#start(Math.min(this.position + aimAhead(this.#drift) * rate, this.#length));
  }

  // Go to a position that is still to come, and play when the others are there.
  async #start(position) {
    const attempt = (this.#attempt += 1);
    this.#starting = true;
    if (Math.abs(position - this.#video.currentTime) > SAME_PLACE_S) {
      const began = this.#local();
      this.#video.pause();
      this.#video.currentTime = position;
      await untilPlayable(this.#video, LONGEST_WAIT_MS);
      if (attempt !== this.#attempt) return;
      this.#drift = sought(this.#drift, (this.#local() - began) / 1000);
    }
    await sleep(this.#msUntil(position));
    if (attempt !== this.#attempt) return;
    await this.#play();
    if (attempt !== this.#attempt) return;
    this.#startedAt = this.#local();
    this.#starting = false;
  }

  #msUntil(position) {
    const { at, since, rate } = this.#clock;
    return Math.min(since + ((position - at) / rate) * 1000 - this.#now(), LONGEST_WAIT_MS);
  }

  async #play() {
    try {
      await this.#video.play();
    } catch (error) {
      if (error.name !== "NotAllowedError") return;
      const wasMuted = this.#video.muted;
      this.#video.muted = true;
      if (!wasMuted) await this.#video.play().catch(() => {});
      this.#refused();
    }
  }

  // Setting the same rate again would still be an event.
  #setRate(rate) {
    if (this.#video.playbackRate !== rate) this.#video.playbackRate = rate;
  }
}

function sleep(ms) {
  return ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : Promise.resolve();
}
