// Presence on the page that is shown: reads where I am, keeps one connection over all pages, and fills in what changes.
//
// Until every topic of the place has had its state the first paint stays, because it knows more than a part would.
import { hush } from "./dom/live_region.js";
import { watchAttention } from "./dom/idle_watcher.js";
import { Connection } from "./net/connection.js";
import { Sections } from "./net/section_poller.js";
import { loadTitles } from "./net/place_titles.js";
import { Topics } from "./model/topics.js";
import { topicsOf } from "./model/places.js";
import { clearFaces, showMinute, showNotes, showTrouble, showView } from "./dom/render.js";
import { viewOf } from "./model/view_model.js";

const MINUTE_MS = 60_000;

export class Page {
  #me = { place: "", before: null, after: null, key: null, visibility: null, signedIn: false };
  #trouble = null;
  #due = false;
  #asked = null;
  #topics = new Topics((topic) => this.#connection.resync(topic));
  #sections = new Sections(() => this.#renderSoon());
  #connection = new Connection({
    connected: () => this.#connected(),
    state: (message) => this.#heard(this.#topics.state(message)),
    diff: (message) => this.#heard(this.#topics.diff(message)),
    identified: (message) => this.#identified(message),
    trouble: (name, sentence) => this.#troubled(name, sentence),
  });

  start() {
    watchAttention((status) => this.#connection.activity(status));
    addEventListener("pagehide", () => this.#connection.suspend());
    addEventListener("pageshow", ({ persisted }) => persisted && this.#connection.resume());
    setInterval(showMinute, MINUTE_MS);
  }

  // A page has come: on a full load and on every visit of Turbo's. Being told twice of the same page does no harm.
  arrive() {
    this.#me = readMe(document.body.dataset);
    showMinute();
    if (!this.#me.signedIn) return this.#leave();
    // Going on takes back what was said on a lesson.
    if (this.#asked?.place !== this.#me.place) this.#asked = null;
    this.#topics.watch(topicsOf(this.#me.place));
    this.#sections.watch(document, topicsOf(this.#me.place)[2]);
    this.#connection.open();
    this.#connection.enter(this.#me.place);
    loadTitles().then(() => this.#renderSoon());
    this.#render();
  }

  // Say on my lesson what one of SAYINGS says, or take it back if that is what I say already.
  ask(saying, isSaid) {
    const { place } = this.#me;
    const says = isSaid ? null : saying;
    this.#connection.company(says, (error) => {
      const before = this.#asked?.place === place ? this.#asked.says : null;
      this.#asked = { place, says: error ? before : says, error };
      this.#render();
    });
  }

  #leave() {
    hush();
    this.#connection.close();
    this.#asked = null;
    this.#sections.stop();
    this.#topics.forget();
    this.#trouble = null;
  }

  #connected() {
    this.#topics.restart();
    if (this.#asked) this.#asked = { ...this.#asked, error: "" };
  }

  #heard(isNews) {
    if (this.#topics.live && this.#trouble && this.#trouble.name !== "paused") this.#troubled(null);
    if (!isNews) return;
    this.#renderSoon();
    document.dispatchEvent(new CustomEvent("presence:news"));
  }

  #troubled(name, sentence) {
    this.#trouble = name && { name, sentence };
    if (name === "signed out") {
      this.#topics.forget();
      this.#sections.stop();
      clearFaces();
      document.dispatchEvent(new CustomEvent("presence:signed-out"));
    }
    this.#render();
  }

  // Several topics tell of one move in frames of their own; they are drawn together. Hidden tabs have no frames to draw.
  #renderSoon() {
    if (this.#due) return;
    this.#due = true;
    const draw = () => ((this.#due = false), this.#render());
    if (document.visibilityState === "visible") requestAnimationFrame(draw);
    else setTimeout(draw, 0);
  }

  #render() {
    showTrouble(this.#trouble, this.#topics.live);
    if (this.#topics.known) showView(viewOf(this.#me, this.#topics, this.#sections, this.#asked));
  }

  // I chose to be seen in another way, on whatever page or device.
  #identified({ key, visibility }) {
    Object.assign(document.body.dataset, { me: key ?? "", visibility: visibility ?? "" });
    // Until the topics tell, they still have me by the key that I had.
    const former = this.#me.key === key ? this.#me.former : this.#me.key;
    this.#me = { ...readMe(document.body.dataset), former };
    showNotes(this.#me);
    this.#renderSoon();
    document.dispatchEvent(new CustomEvent("presence:identified"));
  }
}

function readMe({ place = "", before, after, me, visibility, signedIn }) {
  return { place, before: before || null, after: after || null, key: me || null, visibility: visibility || null, signedIn: signedIn !== undefined };
}
