"""This site's protocol on python-socketio's ASGI server and uvicorn: `python peers/asgi.py PORT`.

Written as python-socketio's page "The Socket.IO Server" has it (AsyncServer, ASGIApp, rooms) and served by uvicorn 0.54
with uvloop and httptools, which `uvicorn[standard]` installs. The roster is the site's own (presence/core), so what
differs is the transport: what eventlet costs the site, and what its direct way to a socket saves. Frames go out by the
rules of peers/broadcast.js. People are who they say (`?user=17`): there is no sign-in here.
"""

import asyncio
import sys
import time
from pathlib import Path
from urllib.parse import parse_qs

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

import socketio
import uvicorn

from presence.core.changes import Activity, Change, Enter, Leave
from presence.core.people import Keys, User
from presence.core.places import topics_of
from presence.core.roster import Roster

TICK_SECONDS, TOPIC_REST, BURST_SECONDS = 0.05, 4, 0.1
FRAME_SECONDS = 25e-6
"""The cost of a frame here; while one is sent others run, so it cannot be measured as it goes."""
BACKLOG = 1024

server = socketio.AsyncServer(
    async_mode="asgi", transports=["websocket"], ping_interval=8, ping_timeout=12, max_http_buffer_size=16_384
)
roster = Roster(Keys(b"benchmark"), "asgi")
users: dict[str, User] = {}
topics: dict[str, tuple[str, ...]] = {}


@server.event
async def connect(sid: str, environ: dict) -> None:
    number = parse_qs(environ["QUERY_STRING"])["user"][0]
    users[sid], topics[sid] = User(number, f"Learner {number}", "/static/avatars/ada.svg"), ()


@server.event
async def enter(sid: str, payload: dict) -> dict:
    await _apply(Enter(sid, users[sid], payload["place"]))
    await _subscribe(sid, topics_of(payload["place"]))
    return {"ok": True}


@server.event
async def activity(sid: str, payload: dict) -> dict:
    await _apply(Activity(sid, payload["status"]))
    return {"ok": True}


@server.event
async def disconnect(sid: str, _reason: str) -> None:
    del users[sid], topics[sid]
    roster.apply(Leave(sid), time.time())


async def _apply(change: Change) -> None:
    roster.apply(change, time.time())
    await broadcast.publish()


async def _subscribe(sid: str, wanted: tuple[str, ...]) -> None:
    before, topics[sid] = topics[sid], wanted
    for topic in before:
        if topic not in wanted:
            await server.leave_room(sid, f"topic:{topic}")
    for topic in wanted:
        if topic not in before:
            await server.enter_room(sid, f"topic:{topic}")
            await server.emit("presence_state", roster.topic(topic).state(), to=sid)


class Broadcast:
    """One frame per topic and tick: the first change at once, then a rest of four times the cost of sending."""

    def __init__(self) -> None:
        self._due: dict[str, float] = {}
        self._free_at = 0.0

    async def publish(self) -> None:
        now = time.monotonic()
        for topic in sorted(roster.changed, key=lambda topic: self._due.get(topic, 0)):
            if self._due.get(topic, 0) > now or self._free_at - now > BURST_SECONDS:
                break
            await self._tell(topic, now)

    async def tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS / 2)
            roster.expire(time.time())
            await self.publish()

    async def _tell(self, topic: str, now: float) -> None:
        diff = roster.publish(topic)
        if diff:
            cost = FRAME_SECONDS * sum(topic in watched for watched in topics.values())
            self._due[topic] = now + max(TICK_SECONDS, TOPIC_REST * cost)
            self._free_at = max(self._free_at, now) + 2 * cost
            await server.emit("presence_diff", diff, to=f"topic:{topic}")


broadcast = Broadcast()


async def _start() -> None:
    server.start_background_task(broadcast.tick)


app = socketio.ASGIApp(server, on_startup=_start)

if __name__ == "__main__":
    port = int(sys.argv[1])
    uvicorn.run(app, port=port, backlog=BACKLOG, ws_per_message_deflate=False, log_level="warning")
