"""Presence: who is here now, live, for any Flask site.

    from flask_socketio import SocketIO
    from presence import Place, Presence, User

    presence = Presence(app, SocketIO(), identify=current_presence_user, locate=find_place)

It gives the site a Socket.IO protocol, `GET /presence`, and `first_paint(place)` in templates. It asks two functions
of it:

    identify() -> User | None      who sends this request; None for a guest
    locate(path) -> Place | None   the place at this path, with its neighbours; None when there is none

and the site calls, when these would answer differently from now on:

    presence.profile_changed(user)                        name, avatar, role or visibility
    presence.sign_out(user_id, session, keep, reason)     a sign-in has ended, or all of them but one

A server that runs code at its start and at its end calls `presence.start()` before it accepts connections, and
`presence.stop()` when it drains. Without them the first socket starts presence, and the pings end its sockets.

A place is a path, `course/section/lesson`. A person at a place is in the topics of the site (`""`), of its course and
of its section. A client gets a topic's state first, then its diffs; `epoch` and `seq` tell which diff follows which
state.

    client:  enter           {"place": "web/rooms/join"}
    server:  presence_state  {"topic": "web/rooms", "epoch": "5f0c…", "seq": 7,
                              "people": [Person], "counts": {"join": 3}, "total": 3}
    server:  presence_diff   {"topic": "web/rooms", "epoch": "5f0c…", "seq": 8,
                              "joins": [Person], "updates": [Person], "leaves": [key],
                              "counts": {"join": 4}, "total": 4}
    client:  activity        {"status": "away"}
    client:  company         {"says": "stuck here"}          beside my name, for half an hour on this lesson
    client:  resync          {"topic": "web/rooms"}          after a gap in seq
    server:  presence_me     {"key": "…", "visibility": "…"} to a user's own pages: how others see them now
    server:  presence_paused {"paused": true}                what is shown may be old, until it says false
    server:  signed_out      {"reason": "You signed out."}   and hangs up

    Person   {"key", "name", "avatar", "role", "places": [path], "status": "active" | "away", "since": unix seconds}
             and "company": {"says", "place"} while they say something,
             and "arrived": {lesson: unix seconds} in a section, where that was later than since

Where to read on, from the top down: `events` (the protocol), `channel` (what a client may do), `node` (one process),
`change_log` (the order of changes), `state_machine` (where they take effect), `core/` (people, roster, topics: pure),
`delivery/` (who is told what, and when), `transport/` (Socket.IO), `pages/` (HTTP), `cluster/` (several processes),
`rooms/` (your own logic at a place).
"""

from .core.people import Person, User
from .core.places import Place
from .extension import Presence, of

__all__ = ["Person", "Place", "Presence", "User", "of"]
