// The presence controller: reads the user's place from the page, keeps one connection across Turbo visits, and renders changes.
//
// The server's first paint stays until every topic of the place has its state: rendering some of them would show less.
import { cancelAnnouncement } from "./dom/live_region.js";
import { watchIdle } from "./dom/idle_watcher.js";
import { Connection } from "./net/connection.js";
import { SectionPoller } from "./net/section_poller.js";
import { loadTitles } from "./net/place_titles.js";
import { Topics } from "./model/topics.js";
import { topicsOf } from "./model/places.js";
import { clearPeople, showMinute, showNotes, showTrouble, showView } from "./dom/render.js";
import { buildView } from "./model/view_model.js";
import { Rooms } from "./rooms.js";

const MINUTE_MS = 60_000;

export class Page {
  #me = { place: "", before: null, after: null, key: null, visibility: null, signedIn: false };
  #trouble = null;
  #renderPending = false;
  #ownStatus = null;
  #topics = new Topics((topic) => this.#connection.resync(topic));
  #sections = new SectionPoller(() => this.#renderSoon());
  #connection = new Connection({
    connected: () => this.#onConnect(),
    entered: () => this.rooms.entered(),
    state: (message) => this.#onUpdate(this.#topics.state(message)),
    diff: (message) => this.#onUpdate(this.#topics.diff(message)),
    identified: (message) => this.#onIdentity(message),
    trouble: (name, sentence) => this.#onTrouble(name, sentence),
  });
  rooms = new Rooms(this.#connection.socket);

  start() {
    watchIdle((status) => this.#connection.activity(status));
    addEventListener("pagehide", () => this.#connection.suspend());
    addEventListener("pageshow", ({ persisted }) => persisted && this.#connection.resume());
    setInterval(showMinute, MINUTE_MS);
  }

  // Read the new page: after a full load and after each Turbo visit. Calling it twice for one page is harmless.
  arrive() {
    this.#me = readMe(document.body.dataset);
    showMinute();
    if (!this.#me.signedIn) return this.#leave();
    // A study status belongs to one lesson; the next lesson starts without one.
    if (this.#ownStatus?.place !== this.#me.place) this.#ownStatus = null;
    this.#topics.watch(topicsOf(this.#me.place));
    this.#sections.watch(document, topicsOf(this.#me.place)[2]);
    this.#connection.open();
    this.#connection.enter(this.#me.place);
    loadTitles().then(() => this.#renderSoon());
    this.#render();
  }

  // Set my study status on this lesson to one of STUDY_STATUSES, or clear it when it is set already.
  setStudyStatus(text, isSet) {
    const { place } = this.#me;
    const says = isSet ? null : text;
    this.#connection.setStudyStatus(says, (error) => {
      const before = this.#ownStatus?.place === place ? this.#ownStatus.says : null;
      this.#ownStatus = { place, says: error ? before : says, error };
      this.#render();
    });
  }

  #leave() {
    cancelAnnouncement();
    this.#connection.close();
    this.#ownStatus = null;
    this.#sections.stop();
    this.#topics.clear();
    this.#trouble = null;
  }

  #onConnect() {
    this.#topics.restart();
    if (this.#ownStatus) this.#ownStatus = { ...this.#ownStatus, error: "" };
  }

  #onUpdate(hasChanged) {
    if (this.#topics.live && this.#trouble && this.#trouble.name !== "paused") this.#onTrouble(null);
    if (!hasChanged) return;
    this.#renderSoon();
    document.dispatchEvent(new CustomEvent("presence:news"));
  }

  #onTrouble(name, sentence) {
    this.#trouble = name && { name, sentence };
    if (name === "signed out") {
      this.#topics.clear();
      this.#sections.stop();
      clearPeople();
      document.dispatchEvent(new CustomEvent("presence:signed-out"));
    }
    this.#render();
    document.dispatchEvent(new CustomEvent("presence:trouble"));
  }

  // One move arrives as a frame from each topic: render them together. Hidden tabs get no animation frames.
  #renderSoon() {
    if (this.#renderPending) return;
    this.#renderPending = true;
    const draw = () => ((this.#renderPending = false), this.#render());
    if (document.visibilityState === "visible") requestAnimationFrame(draw);
    else setTimeout(draw, 0);
  }

  #render() {
    showTrouble(this.#trouble, this.#topics.live);
    if (this.#topics.known) showView(buildView(this.#me, this.#topics, this.#sections, this.#ownStatus));
  }

  // My visibility changed, on this page or another device.
  #onIdentity({ key, visibility }) {
    Object.assign(document.body.dataset, { me: key ?? "", visibility: visibility ?? "" });
    // Until their next diffs the topics still list me under my old key.
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
