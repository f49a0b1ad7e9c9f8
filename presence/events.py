"""The Socket.IO events: validate the payload, call the channel, acknowledge.

Every handler answers `{"ok": true}` or `{"ok": false, "error": "<sentence>"}` and none raises: an exception in a
connect handler would leave a client half connected, one in a disconnect handler would leave a ghost.
"""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

import socketio
from flask_socketio import ConnectionRefusedError

from .channel import Channel
from .rooms.rejected import Rejected
from .transport.event_packet import MARK
from .transport.socket import Socket

logger = logging.getLogger("presence")

Payload = dict[str, Any]
Handler = Callable[[Channel, Socket, Payload], Payload | None]


def register(server: socketio.Server, channel: Channel) -> None:
    """Wire the events to a Socket.IO server.

    Flask-SocketIO's own decorator would push a request context for every event; none of these needs one.
    """
    server.on("connect", partial(_connect, channel))
    server.on("disconnect", lambda sid, *_reason: channel.disconnect(sid))
    for handler in HANDLERS:
        server.on(handler.__name__, _answered(handler, channel))
    server.on("room_signal", lambda sid, *payload: _answer(channel, sid, partial(_signal, channel, sid, payload)))
    server.on("*", lambda event, sid, *_payload: _unknown(channel, sid, event.removeprefix(MARK)))


def enter(channel: Channel, socket: Socket, payload: Payload) -> None:
    channel.enter(socket, _text(payload, "place"))


def activity(channel: Channel, socket: Socket, payload: Payload) -> None:
    channel.activity(socket, _text(payload, "status"))


def company(channel: Channel, socket: Socket, payload: Payload) -> None:
    channel.company(socket, None if payload.get("says", "") is None else _text(payload, "says"))


def resync(channel: Channel, socket: Socket, payload: Payload) -> Payload | None:
    return channel.resync(socket, _text(payload, "topic"), payload.get("epoch"), payload.get("seq"))


def room_join(channel: Channel, socket: Socket, payload: Payload) -> Payload:
    return channel.join_rooms(socket, payload.get("rooms"))


def room_leave(channel: Channel, socket: Socket, payload: Payload) -> None:
    channel.leave_room(socket, _text(payload, "room"))


def room_call(channel: Channel, socket: Socket, payload: Payload) -> Payload:
    room, call = _text(payload, "room"), _text(payload, "call")
    return {"reply": channel.call_room(socket, room, call, payload.get("with", {}))}


HANDLERS: tuple[Handler, ...] = (enter, activity, company, resync, room_join, room_leave, room_call)


def _signal(channel: Channel, sid: str, payload: tuple[object, ...]) -> None:
    if socket := channel.check_signal_rate(sid):
        signal = _object(payload, "room_signal")
        channel.signal_room(socket, _text(signal, "room"), _text(signal, "signal"), signal.get("value"))


def _connect(channel: Channel, sid: str, environ: dict[str, Any], *_auth: object) -> None:
    try:
        channel.connect(sid, environ)
    except Rejected as rejection:
        raise ConnectionRefusedError(str(rejection)) from None
    except Exception as error:
        _explained(channel, sid, error, "A sign-in could not be checked")
        raise ConnectionRefusedError("The server cannot check your sign-in now. Try again.") from None


def _answered(handler: Handler, channel: Channel) -> Callable[..., Payload]:
    def answer(sid: str, *payload: object) -> Payload:
        def handle() -> Payload | None:
            return handler(channel, channel.check_rate(sid), _object(payload, handler.__name__))

        return _answer(channel, sid, handle)

    return answer


def _answer(channel: Channel, sid: str, handle: Callable[[], Payload | None] | Callable[[], None]) -> Payload:
    try:
        return {"ok": True, **(handle() or {})}
    except Rejected as rejection:
        return {"ok": False, "error": str(rejection)}
    except Exception as error:
        sentence = _explained(channel, sid, error, "An event could not be handled")
        return {"ok": False, "error": sentence or "Something broke on our side. Try again."}


def _explained(channel: Channel, sid: str, error: Exception, failure: str) -> str | None:
    """Log an error; one that the site explains is no bug, and everyone may meet it at once. Returns the sentence."""
    sentence = channel.explain(error)
    if sentence:
        # The first line of an error says the reason; others may hold what was to be written.
        logger.error("%s: %s", failure, str(error).partition("\n")[0], extra={"connection": sid})
    else:
        logger.exception("%s.", failure, extra={"connection": sid})
    return sentence


def _unknown(channel: Channel, sid: str, event: object) -> Payload:
    def handle() -> None:
        channel.check_rate(sid)
        raise Rejected(f"There is no event {_short(event)}.")

    return _answer(channel, sid, handle)


def _object(payload: tuple[object, ...], event: str) -> Payload:
    if len(payload) != 1 or not isinstance(payload[0], dict):
        raise Rejected(f"The payload of {event} is one object.")
    return payload[0]


def _text(payload: Payload, key: str) -> str:
    value = payload.get(key)
    if not isinstance(value, str):
        raise Rejected(f"The payload needs a text {key!r}.")
    return value


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "…"
