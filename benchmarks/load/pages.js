// The wait of someone who opens pages meanwhile: one page after the other, at most four a second.

import { Latencies } from "./latency.js";
import { sleep } from "./pace.js";

const REST_MS = 250;

export class Pages {
  #latencies = new Latencies();
  #failed = 0;
  #going = true;

  constructor({ url, cookies }) {
    this.headers = cookies ? { Cookie: `session=${cookies[0]}` } : {};
    this.done = this.#ask(url.replace(/^ws/, "http") + "/");
  }

  async stop() {
    this.#going = false;
    await this.done;
    return { ...this.#latencies.summary(), failed: this.#failed };
  }

  async #ask(url) {
    while (this.#going) {
      const started = performance.now();
      const answer = await fetch(url, { headers: this.headers }).catch(() => null);
      await answer?.text().catch(() => null);
      if (answer?.ok) this.#latencies.add(performance.now() - started);
      else this.#failed += 1;
      await sleep(REST_MS);
    }
  }
}
