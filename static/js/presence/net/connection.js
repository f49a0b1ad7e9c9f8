// The page's one socket: open while the user is signed in, sends their place and status, reconnects by itself.
//
// `listener` has connected(), entered(), state(message), diff(message), identified(message) and trouble(name, sentence):
// name is null when all is well, else "lost", "offline", "paused" or "signed out". After "signed out" it stays closed until open().
import { io } from "../../../vendor/socket.io-client/socket.io.esm.min.js";
import { at } from "../../site/root.js";

const RETRY_MS = 2_000;
const ACK_TIMEOUT_MS = 5_000;
const NO_ANSWER = "The server did not answer. Try again in a moment.";
const FAILURES_BEFORE_SESSION_CHECK = 2;

export class Connection {
  #listener;
  #socket;
  #place = null;
  #status = "active";
  #open = false;
  #failures = 0;
  #retry;

  constructor(listener) {
    this.#listener = listener;
    this.#socket = io({ path: at("/socket.io"), transports: ["websocket"], autoConnect: false, reconnectionDelayMax: 5_000 });
    this.#socket.on("connect", () => this.#onConnect());
    this.#socket.on("disconnect", (reason) => this.#onDisconnect(reason));
    this.#socket.on("connect_error", (error) => this.#onFailure(error));
    this.#socket.on("presence_state", (message) => listener.state(message));
    this.#socket.on("presence_diff", (message) => listener.diff(message));
    this.#socket.on("presence_me", (message) => listener.identified(message));
    this.#socket.on("presence_paused", (message) => listener.trouble(message.paused ? "paused" : null));
    this.#socket.on("signed_out", (message) => this.#onSignedOut(message?.reason));
    addEventListener("online", () => this.#onOnline());
  }

  get socket() {
    return this.#socket;
  }

  open() {
    if (this.#open) return;
    this.#open = true;
    this.#failures = 0;
    this.#socket.connect();
  }

  close() {
    this.#open = false;
    clearTimeout(this.#retry);
    this.#socket.disconnect();
  }

  // Close the socket while the page is in the back-forward cache; resume() opens it again.
  suspend() {
    clearTimeout(this.#retry);
    this.#socket.disconnect();
  }

  resume() {
    if (this.#open) this.#socket.connect();
  }

  enter(place) {
    if (place === this.#place) return;
    this.#place = place;
    this.#enter();
  }

  activity(status) {
    if (status === this.#status) return;
    this.#status = status;
    this.#send("activity", { status });
  }

  // `answered` is called with "" or with the reason for a refusal.
  setStudyStatus(says, answered) {
    if (!this.#socket.connected) return answered("There is no connection right now. Try again in a moment.");
    this.#socket.timeout(ACK_TIMEOUT_MS).emit("company", { says }, (late, answer) => answered(late ? NO_ANSWER : (answer?.error ?? "")));
  }

  resync(topic) {
    this.#send("resync", { topic });
  }

  #enter() {
    this.#send("enter", { place: this.#place });
    if (this.#socket.connected) this.#listener.entered();
  }

  // Socket.IO would queue messages while offline and replay old places; #onConnect sends the current one instead.
  #send(event, payload) {
    if (this.#socket.connected) this.#socket.emit(event, payload, (answer) => this.#onAnswer(event, payload, answer));
  }

  // Refused, usually by the rate limit: retry once if the value is still current.
  #onAnswer(event, payload, answer) {
    if (answer?.ok) return;
    setTimeout(() => {
      const isStale = (payload.place ?? this.#place) !== this.#place || (payload.status ?? this.#status) !== this.#status;
      if (!this.#socket.connected || isStale) return;
      this.#socket.emit(event, payload);
      if (event === "enter") this.#listener.entered();
    }, RETRY_MS);
  }

  #onConnect() {
    this.#failures = 0;
    this.#listener.connected();
    if (this.#place !== null) this.#enter();
    if (this.#status !== "active") this.#send("activity", { status: this.#status });
  }

  #onDisconnect(reason) {
    if (!this.#open || reason === "io client disconnect") return;
    this.#listener.trouble(navigator.onLine ? "lost" : "offline");
    // Socket.IO does not reconnect after the server disconnects.
    if (reason === "io server disconnect") this.#retryLater();
  }

  // The server is unreachable, or it refused us with a sentence; Socket.IO does not retry after a refusal.
  #onFailure(error) {
    if (!this.#open) return;
    const refused = !this.#socket.active;
    this.#listener.trouble(navigator.onLine ? "lost" : "offline", refused ? error.message : undefined);
    this.#failures += 1;
    if (refused || this.#failures % FAILURES_BEFORE_SESSION_CHECK === 0) this.#checkSession();
    if (refused) this.#retryLater();
  }

  // An attempt from before may wait for its timeout, the next one for its turn.
  #onOnline() {
    if (this.#open && !this.#socket.connected) this.#socket.disconnect().connect();
  }

  #retryLater() {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#open && this.#socket.connect(), RETRY_MS * (1 + Math.random()));
  }

  // Browsers hide why a WebSocket was refused, so ask over HTTP.
  async #checkSession() {
    const answer = await fetch(at("/presence?place="), { headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.status === 401 && this.#open) this.#onSignedOut();
  }

  #onSignedOut(reason) {
    this.close();
    this.#listener.trouble("signed out", reason);
  }
}
