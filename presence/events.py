"""The Socket.IO events: translate, append, acknowledge.

Every handler answers `{"ok": true}` or `{"ok": false, "error": "<sentence>"}` and none lets an exception out: one in
a connect handler would leave a client half connected, one in a disconnect handler would leave a ghost.
"""

import logging
from functools import wraps

from flask_socketio import ConnectionRefusedError

from .channel import Channel, Rejected
from .transport.frames import NAMESPACE
from .transport.hub import Socket

logger = logging.getLogger("presence")


def register(server, channel: Channel) -> None:
    """Wire the events to a Socket.IO server.

    Flask-SocketIO's own decorator would push a request context for every event; none of these needs one.
    """
    _register_coming_and_going(server, channel)
    for handler in HANDLERS:
        server.on(handler.__name__, _answered(handler, channel))

    @server.on("room_signal")
    def room_signal(sid, *payload):
        return _answer(lambda: _signal(channel, sid, payload), sid)

    @server.on("*")
    def unknown(event, sid, *_payload):
        answer = _answer(lambda: channel.check_rate(sid) and None, sid)
        return _unknown(event) if answer["ok"] else answer


def enter(channel: Channel, socket: Socket, payload: dict) -> None:
    channel.enter(socket, _text(payload, "place"))


def activity(channel: Channel, socket: Socket, payload: dict) -> None:
    channel.activity(socket, _text(payload, "status"))


def company(channel: Channel, socket: Socket, payload: dict) -> None:
    channel.company(socket, None if payload.get("says", "") is None else _text(payload, "says"))


def resync(channel: Channel, socket: Socket, payload: dict) -> None:
    channel.resync(socket, _text(payload, "topic"))


def room_join(channel: Channel, socket: Socket, payload: dict) -> dict:
    return channel.join_rooms(socket, payload.get("rooms"))


def room_leave(channel: Channel, socket: Socket, payload: dict) -> None:
    channel.leave_room(socket, _text(payload, "room"))


def room_call(channel: Channel, socket: Socket, payload: dict) -> dict:
    room, call = _text(payload, "room"), _text(payload, "call")
    return {"reply": channel.call_room(socket, room, call, payload.get("with", {}))}


HANDLERS = (enter, activity, company, resync, room_join, room_leave, room_call)


def _signal(channel: Channel, sid: str, payload: tuple) -> None:
    if socket := channel.check_signal_rate(sid):
        (signal,) = _object(payload, "room_signal")
        channel.signal_room(socket, _text(signal, "room"), _text(signal, "signal"), signal.get("value"))


def _register_coming_and_going(server, channel: Channel) -> None:
    def is_event(sid: str) -> bool:
        # A client may send events named connect and disconnect; during the real ones it is not, or no more, connected.
        return server.manager.is_connected(sid, NAMESPACE)

    @server.on("connect")
    def connect(sid, environ=None, *_auth):
        if is_event(sid):
            return _unknown("connect")
        try:
            return channel.connect(sid, environ)
        except Rejected as rejection:
            raise ConnectionRefusedError(str(rejection)) from None
        except Exception:
            logger.exception("A sign-in could not be checked.", extra={"connection": sid})
            raise ConnectionRefusedError("The server cannot check your sign-in now. Try again.") from None

    @server.on("disconnect")
    def disconnect(sid, *_reason):
        return _unknown("disconnect") if is_event(sid) else channel.disconnect(sid)


def _answered(handler, channel: Channel):
    @wraps(handler)
    def answer(sid, *payload):
        def handle():
            return handler(channel, channel.check_rate(sid), *_object(payload, handler.__name__))

        return _answer(handle, sid)

    return answer


def _answer(handle, sid: str) -> dict:
    try:
        return {"ok": True, **(handle() or {})}
    except Rejected as rejection:
        return {"ok": False, "error": str(rejection)}
    except Exception:
        logger.exception("An event could not be handled.", extra={"connection": sid})
        return {"ok": False, "error": "Something broke on our side. Try again."}


def _object(payload: tuple, event: str) -> tuple[dict]:
    if len(payload) != 1 or not isinstance(payload[0], dict):
        raise Rejected(f"The payload of {event} is one object.")
    return payload


def _text(payload: dict, key: str) -> str:
    value = payload.get(key)
    if not isinstance(value, str):
        raise Rejected(f"The payload needs a text {key!r}.")
    return value


def _unknown(event) -> dict:
    return {"ok": False, "error": f"There is no event {_short(event)}."}


def _short(value) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "…"
