"""The Socket.IO events: translate, append, acknowledge.

Every handler answers `{"ok": true}` or `{"ok": false, "error": "<sentence>"}` and none lets an exception out: one in
a connect handler would leave a client half connected, one in a disconnect handler would leave a ghost.
"""

import logging
from functools import wraps

from flask_socketio import ConnectionRefusedError

from .channel import Reception, Refused
from .transport.frames import NAMESPACE
from .transport.hub import Socket

log = logging.getLogger("presence")


def register(server, reception: Reception) -> None:
    """Wire the events to a Socket.IO server.

    Flask-SocketIO's own decorator would push a request context for every event; none of these needs one.
    """
    _register_coming_and_going(server, reception)
    for handler in (enter, activity, company, resync):
        server.on(handler.__name__, _answered(handler, reception))

    @server.on("*")
    def unknown(event, sid, *_payload):
        return _answer(lambda: reception.meter(sid), sid) or _unknown(event)


def enter(reception: Reception, socket: Socket, payload: dict) -> None:
    reception.enter(socket, _text(payload, "place"))


def activity(reception: Reception, socket: Socket, payload: dict) -> None:
    reception.activity(socket, _text(payload, "status"))


def company(reception: Reception, socket: Socket, payload: dict) -> None:
    reception.company(socket, None if payload.get("says", "") is None else _text(payload, "says"))


def resync(reception: Reception, socket: Socket, payload: dict) -> None:
    reception.resync(socket, _text(payload, "topic"))


def _register_coming_and_going(server, reception: Reception) -> None:
    def is_event(sid: str) -> bool:
        # A client may send events named connect and disconnect; during the real ones it is not, or no more, connected.
        return server.manager.is_connected(sid, NAMESPACE)

    @server.on("connect")
    def connect(sid, environ=None, *_auth):
        if is_event(sid):
            return _unknown("connect")
        try:
            return reception.connect(sid, environ)
        except Refused as refusal:
            raise ConnectionRefusedError(str(refusal)) from None
        except Exception:
            log.exception("A sign-in could not be checked.", extra={"connection": sid})
            raise ConnectionRefusedError("The server cannot check your sign-in now. Try again.") from None

    @server.on("disconnect")
    def disconnect(sid, *_reason):
        return _unknown("disconnect") if is_event(sid) else reception.disconnect(sid)


def _answered(handler, reception: Reception):
    @wraps(handler)
    def answer(sid, *payload):
        def handle():
            handler(reception, reception.meter(sid), *_object(payload, handler.__name__))

        return _answer(handle, sid) or {"ok": True}

    return answer


def _answer(handle, sid: str) -> dict | None:
    try:
        handle()
    except Refused as refusal:
        return {"ok": False, "error": str(refusal)}
    except Exception:
        log.exception("An event could not be handled.", extra={"connection": sid})
        return {"ok": False, "error": "Something broke on our side. Try again."}
    return None


def _object(payload: tuple, event: str) -> tuple[dict]:
    if len(payload) != 1 or not isinstance(payload[0], dict):
        raise Refused(f"The payload of {event} is one object.")
    return payload


def _text(payload: dict, key: str) -> str:
    value = payload.get(key)
    if not isinstance(value, str):
        raise Refused(f"The payload needs a text {key!r}.")
    return value


def _unknown(event) -> dict:
    return {"ok": False, "error": f"There is no event {_short(event)}."}


def _short(value) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "…"
