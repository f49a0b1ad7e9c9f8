// This site's protocol on Node's Socket.IO: `node peers/node.js PORT`. The same states, diffs, topics, caps and grace
// as `presence/`, for people who are who they say (`?user=17`): there is no sign-in and no privacy here.

import { createServer } from "node:http";
import { Server } from "socket.io";
import { Broadcast } from "./broadcast.js";
import { LiveRooms } from "./live_rooms.js";
import { Roster } from "./roster.js";
import { topicsOf } from "./topic.js";

const GRACE_MS = 4000;

const http = createServer((_request, response) => response.end());
const io = new Server(http, {
  transports: ["websocket"],
  perMessageDeflate: false,
  pingInterval: 8_000,
  pingTimeout: 12_000,
  maxHttpBufferSize: 16_384,
});
const roster = new Roster();
const broadcast = new Broadcast(io, roster);
const liveRooms = new LiveRooms(io);

io.on("connection", (socket) => {
  const id = socket.handshake.query.user;
  socket.data.topics = [];
  roster.stay(id);
  liveRooms.listen(socket, id);

  socket.on("enter", ({ place }, answer) => {
    socket.data.place = place;
    roster.put(id, { place });
    broadcast.publish();
    subscribe(socket, topicsOf(place));
    answer({ ok: true });
  });

  socket.on("activity", ({ status }, answer) => {
    roster.put(id, { status });
    broadcast.publish();
    answer({ ok: true });
  });

  socket.on("disconnect", () => {
    roster.leaveIn(GRACE_MS, id, () => broadcast.publish());
  });
});

function subscribe(socket, topics) {
  for (const topic of socket.data.topics) if (!topics.includes(topic)) socket.leave(`topic:${topic}`);
  for (const topic of topics) {
    if (socket.data.topics.includes(topic)) continue;
    socket.join(`topic:${topic}`);
    socket.emit("presence_state", roster.topic(topic).state());
  }
  socket.data.topics = topics;
}

http.listen(Number(process.argv[2]), "127.0.0.1", 1024);
process.on("SIGTERM", () => process.exit());
