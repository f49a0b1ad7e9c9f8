// Random numbers that are the same in every run: a linear congruential generator with the constants of Numerical Recipes.

export class Random {
  constructor(seed) {
    this.state = seed >>> 0;
  }

  // A number from 0 up to, not including, `limit`.
  below(limit) {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return (this.state / 2 ** 32) * limit;
  }

  of(list) {
    return list[Math.floor(this.below(list.length))];
  }
}
