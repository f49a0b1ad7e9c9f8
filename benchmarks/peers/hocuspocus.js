// The awareness of Yjs on Hocuspocus: `node peers/hocuspocus.js PORT`.
//
// Hocuspocus 3.4 (4 and later need Node 22), started as its page "Usage" does it. There is nothing to write on the server:
// people set their state by the awareness protocol, and the server sends each to all who have the document open. One
// document per course, because a course is what its people see together.

import { Server } from "@hocuspocus/server";

await new Server({ address: "127.0.0.1", port: Number(process.argv[2]), quiet: true }).listen();
