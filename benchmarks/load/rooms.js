// The rooms of a page: what their cells are now, put together from states and diffs as a browser does.

const REMEMBERED_MESSAGES = 500;
// The same text goes to all who have joined, so it is parsed for the first of them alone.
const parsed = new Map();

export class RoomCells {
  #audiences = new Map();

  // Takes in an event whose text begins with `42["room_`.
  read(text) {
    const [event, payload] = parse(text);
    if (event === "room_state") this.#audiences.set(keyOf(payload), { ...payload.cells });
    else if (event === "room_diff") this.#apply(payload);
  }

  // The value of one cell in the audience of everyone.
  cell(room, name) {
    return this.#audiences.get(`${room} `)?.[name];
  }

  cells(room) {
    return this.#audiences.get(`${room} `) ?? {};
  }

  #apply(payload) {
    const cells = this.#audiences.get(keyOf(payload));
    for (const [name, value] of Object.entries(payload.cells ?? {})) {
      if (value === null) delete cells[name];
      else cells[name] = value;
    }
  }
}

function keyOf({ room, audience }) {
  return `${room} ${audience}`;
}

function parse(text) {
  let message = parsed.get(text);
  if (!message) {
    message = JSON.parse(text.slice(2));
    parsed.set(text, message);
    if (parsed.size > REMEMBERED_MESSAGES) parsed.delete(parsed.keys().next().value);
  }
  return message;
}
