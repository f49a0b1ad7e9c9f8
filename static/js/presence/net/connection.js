// The one socket of this page: it opens when somebody is signed in, says where they are, and comes back by itself.
//
// `listener` gets connected(), state(message), diff(message), identified(message) and trouble(name): null when all is well,
// "lost", "offline", "paused" or "signed out" (with the server's sentence). After "signed out" it stays closed until open() is called again.
import { io } from "../../../vendor/socket.io-client/socket.io.esm.min.js";

const RETRY_MS = 2_000;
const ANSWER_MS = 5_000;
const NO_ANSWER = "The server did not answer. Try again in a moment.";
const FAILURES_BEFORE_ASKING = 2;

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
    this.#socket = io({ transports: ["websocket"], autoConnect: false, reconnectionDelayMax: 5_000 });
    this.#socket.on("connect", () => this.#connected());
    this.#socket.on("disconnect", (reason) => this.#disconnected(reason));
    this.#socket.on("connect_error", (error) => this.#failed(error));
    this.#socket.on("presence_state", (message) => listener.state(message));
    this.#socket.on("presence_diff", (message) => listener.diff(message));
    this.#socket.on("presence_me", (message) => listener.identified(message));
    this.#socket.on("presence_paused", (message) => listener.trouble(message.paused ? "paused" : null));
    this.#socket.on("signed_out", (message) => this.#signedOut(message?.reason));
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

  // A frozen page (the back-forward cache) must not keep its socket; it opens again when it thaws.
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
    this.#send("enter", { place });
  }

  activity(status) {
    if (status === this.#status) return;
    this.#status = status;
    this.#send("activity", { status });
  }

  // `answered` gets "", or the sentence that says why not.
  company(says, answered) {
    if (!this.#socket.connected) return answered("There is no connection right now. Try again in a moment.");
    this.#socket.timeout(ANSWER_MS).emit("company", { says }, (late, answer) => answered(late ? NO_ANSWER : (answer?.error ?? "")));
  }

  resync(topic) {
    this.#send("resync", { topic });
  }

  // Socket.IO keeps what is sent while offline and would replay old places; the connect handler says the current one.
  #send(event, payload) {
    if (this.#socket.connected) this.#socket.emit(event, payload, (answer) => this.#answered(event, payload, answer));
  }

  // Turned down, mostly for haste: once more, if it is still what holds.
  #answered(event, payload, answer) {
    if (answer?.ok) return;
    setTimeout(() => {
      const isStale = (payload.place ?? this.#place) !== this.#place || (payload.status ?? this.#status) !== this.#status;
      if (this.#socket.connected && !isStale) this.#socket.emit(event, payload);
    }, RETRY_MS);
  }

  #connected() {
    this.#failures = 0;
    this.#listener.connected();
    if (this.#place !== null) this.#send("enter", { place: this.#place });
    if (this.#status !== "active") this.#send("activity", { status: this.#status });
  }

  #disconnected(reason) {
    if (!this.#open || reason === "io client disconnect") return;
    this.#listener.trouble(navigator.onLine ? "lost" : "offline");
    // After a hang-up by the server the client does not come back by itself.
    if (reason === "io server disconnect") this.#retryLater();
  }

  // Either the server cannot be reached, or it answered and refused us with a sentence: then nobody retries for us.
  #failed(error) {
    if (!this.#open) return;
    const refused = !this.#socket.active;
    this.#listener.trouble(navigator.onLine ? "lost" : "offline", refused ? error.message : undefined);
    this.#failures += 1;
    if (refused || this.#failures % FAILURES_BEFORE_ASKING === 0) this.#askWhetherSignedIn();
    if (refused) this.#retryLater();
  }

  #retryLater() {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#open && this.#socket.connect(), RETRY_MS * (1 + Math.random()));
  }

  // A browser does not tell why a WebSocket was refused; the same question over HTTP has an answer.
  async #askWhetherSignedIn() {
    const answer = await fetch("/presence?place=", { headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.status === 401 && this.#open) this.#signedOut();
  }

  #signedOut(reason) {
    this.close();
    this.#listener.trouble("signed out", reason);
  }
}
