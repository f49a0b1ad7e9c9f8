"""Socket.IO's register of connections, made so that an end costs no more in a crowd."""

import random
from itertools import islice

import pytest
import socketio

from presence.transport.socket_manager import SocketManager


def managed(kind):
    manager = kind()
    manager.set_server(socketio.Server(async_mode="threading"))
    return manager


def connect(manager, sid):
    manager.basic_enter_room(sid, "/", None, f"e{sid}")
    manager.basic_enter_room(sid, "/", sid, f"e{sid}")


def disconnect(manager, sid):
    manager.pre_disconnect(sid, "/")
    manager.disconnect(sid, "/")


def steps(rng):
    """Random steps of six connections and two rooms."""
    connected = set()
    while True:
        sid, room = f"s{rng.randrange(6)}", rng.choice("ab")
        if sid not in connected:
            connected.add(sid)
            yield lambda manager, sid=sid: connect(manager, sid)
        elif rng.random() < 0.2:
            connected.remove(sid)
            yield lambda manager, sid=sid: disconnect(manager, sid)
        else:
            step = rng.choice(("enter_room", "enter_room", "leave_room"))
            yield lambda manager, step=step, sid=sid, room=room: getattr(manager, step)(sid, "/", room)
            if rng.random() < 0.1:
                yield lambda manager, room=room: manager.close_room(room, "/")


@pytest.mark.parametrize("seed", range(20))
def test_it_holds_what_the_librarys_own_would_hold(seed):
    both = managed(socketio.Manager), managed(SocketManager)
    for step in islice(steps(random.Random(seed)), 200):
        for manager in both:
            step(manager)
        own, ours = ({name: dict(room) for name, room in one.rooms.get("/", {}).items()} for one in both)
        assert own == ours
        for room in ("a", ["a", "b"], ("b", "nowhere"), "nowhere", None):
            assert dict(both[0].get_participants("/", room)) == dict(both[1].get_participants("/", room))
        assert both[0].pending_disconnect == both[1].pending_disconnect
    for n in range(6):
        both[1].disconnect(f"s{n}", "/")
    assert not both[1].rooms
    assert not both[1]._rooms_of


def test_the_end_of_a_connection_looks_at_its_own_rooms_alone():
    manager, looked = managed(SocketManager), []
    for n in range(100):
        for room in (None, f"s{n}"):
            manager.basic_enter_room(f"s{n}", "/", room, f"e{n}")
    manager.basic_leave_room = lambda sid, namespace, room: looked.append(room)
    manager.disconnect("s7", "/")
    assert looked == ["s7", None]
