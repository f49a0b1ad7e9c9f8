// The reading lamp on its lesson: shows who switched it to what, and lets a reader press.
let room = null;

export function arrive([element], rooms) {
  const buttons = [...element.querySelectorAll("[data-colour]")];
  const [total, said] = ["total", "said"].map((slot) => element.querySelector(`[data-slot="${slot}"]`));
  const say = (sentence) => (said.textContent = sentence);
  let lit = null;

  room = rooms.join("reading-lamp", {
    cells: ({ lamp = null }) => {
      lit = lamp?.on ? lamp.colour : null;
      if (lit) element.dataset.lit = lit;
      else delete element.dataset.lit;
      for (const button of buttons) button.setAttribute("aria-pressed", button.dataset.colour === lit);
      say(lamp ? `${lamp.by} switched it ${lamp.on ? "on" : "off"}.` : "It is off.");
    },
    people: (people, count) => (total.textContent = count === 1 ? "1 person is here." : `${count} people are here.`),
    trouble: say,
  });
  element.addEventListener("click", ({ target }) => {
    const colour = target.closest("[data-colour]")?.dataset.colour;
    if (colour) room?.call("switch", { on: colour !== lit, colour }).catch((error) => say(error.message));
  });
}

export function leave() {
  room?.leave();
  room = null;
}
