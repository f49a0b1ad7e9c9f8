// Latencies in milliseconds, every one kept, so that the percentiles are exact.

export class Latencies {
  constructor() {
    this.all = [];
  }

  add(milliseconds) {
    this.all.push(milliseconds);
  }

  summary() {
    const sorted = Float64Array.from(this.all).sort();
    const at = (share) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null);
    return { n: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
  }
}

function round(value) {
  return value === null ? null : Math.round(value * 10) / 10;
}
