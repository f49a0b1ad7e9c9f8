// The cells and people that one audience of a room has been sent: in its state, and in the diffs since.
import { Ordered } from "../model/ordered.js";

export class Audience extends Ordered {
  cells = new Map();
  people = new Map();
  total = 0;

  start({ cells, people = {}, total = 0 }) {
    this.cells = new Map(Object.entries(cells));
    this.people = new Map(Object.entries(people).map(([slot, face]) => [Number(slot), face]));
    this.total = total;
  }

  apply({ cells = {}, people = {}, left = [], total = this.total }) {
    for (const [name, value] of Object.entries(cells)) set(this.cells, name, value);
    for (const slot of left) this.people.delete(slot);
    for (const [slot, face] of Object.entries(people)) this.people.set(Number(slot), face);
    this.total = total;
  }
}

function set(cells, name, value) {
  if (value === null) cells.delete(name);
  else cells.set(name, value);
}
