"""Log formats, and the id that ties the lines of one request together.

LOG_FORMAT `text` is for people, `json` for machines: one object per line, with `time`, `level`, `logger`, `message`,
`request` (its id, also sent as X-Request-ID; a proxy may set it), and if present `connection` (the id of a socket) and
`error`. No line at INFO or above names a user or a place.
"""

import json
import logging
import re
import secrets
from datetime import UTC, datetime

from flask import Flask, Response, g, has_request_context, request

HEADER = "X-Request-ID"
ID = re.compile(r"[\w.-]{8,64}", re.ASCII)


def init_app(app: Flask) -> None:
    app.before_request(request_id)
    app.after_request(add_request_id_header)


def configure(form: str) -> None:
    """Format the logs of this process as `text` or `json`. Only a program calls this."""
    handler = logging.StreamHandler()
    handler.addFilter(add_request)
    handler.setFormatter(JsonLines() if form == "json" else logging.Formatter(TEXT))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in ("engineio.server", "socketio.server"):
        # Their own handlers would print every line twice, in another format.
        logging.getLogger(name).handlers.clear()


TEXT = "%(asctime)s %(levelname)s %(name)s [%(request)s] %(message)s"


def request_id() -> None:
    given = request.headers.get(HEADER, "")
    g.request_id = given if ID.fullmatch(given) else secrets.token_hex(8)


def add_request_id_header(response: Response) -> Response:
    response.headers[HEADER] = g.get("request_id", "")
    return response


def add_request(record: logging.LogRecord) -> bool:
    record.request = (g.get("request_id") or "-") if has_request_context() else getattr(record, "connection", "-")
    return True


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request": getattr(record, "request", "-"),
        }
        if connection := getattr(record, "connection", None):
            line["connection"] = connection
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line)
