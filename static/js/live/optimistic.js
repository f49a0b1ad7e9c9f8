// Reactions as the page shows them, without a DOM: what the server counts, and what was pressed since.
//
// A press counts at once. A number that arrives while a press is under way neither undoes it nor counts it twice:
// shown = server's number + (mine wanted − mine that the server has counted).

const FEWEST = { lost: 2 };

export class Optimistic {
  #numbers = new Map();
  #known = new Set();
  #wanted = new Map();
  counts;

  // `counts`: whether one's own reactions are in the numbers; those of hidden people and instructors are not.
  constructor({ numbers = {}, mine = [], counts = true } = {}) {
    this.counts = counts;
    this.told(numbers);
    this.#known = new Set(mine);
  }

  // The server's numbers {kind: n}.
  told(numbers) {
    this.#numbers = new Map(Object.entries(numbers));
  }

  isOn(kind) {
    return this.#wanted.get(kind) ?? this.#known.has(kind);
  }

  // 0 also for a single "lost": one person would be a particular person.
  number(kind) {
    const server = this.#numbers.get(kind) ?? 0;
    const change = this.counts ? Number(this.isOn(kind)) - Number(this.#known.has(kind)) : 0;
    const shown = server + change;
    return shown >= (FEWEST[kind] ?? 1) ? shown : 0;
  }

  // Returns the state to ask for.
  press(kind) {
    const on = !this.isOn(kind);
    this.#wanted.set(kind, on);
    return on;
  }

  // The server has done `on`, and `numbers` include it. What was pressed again since stays wanted.
  confirm(kind, on, numbers) {
    this.told(numbers);
    if (on) this.#known.add(kind);
    else this.#known.delete(kind);
    this.fail(kind, on);
  }

  // `on` is no longer under way. If the server refused it, what was known holds again, unless something else was wanted since.
  fail(kind, on) {
    if (this.#wanted.get(kind) === on) this.#wanted.delete(kind);
  }
}
