"""The web server: eventlet's, called by ourselves on our own listening socket.

Socket.IO's `run()` would leave tracebacks in answers, 1,024 connections at most, a short backlog, delayed small
packets and a port that two servers share without noticing.
"""

import gc
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress

from web import concurrency

from . import request_timeouts
from .listener import bind, most_connections, raise_descriptor_limit
from .listener import url as local_url

BACKLOG = 1024
SILENT_SECONDS = 60
FAREWELL_SECONDS = 0.5
LAST_ANSWERS_SECONDS = 2.0
GLANCE_SECONDS = 0.25


def serve(app, classmates: int = 0) -> None:
    """Serve until SIGINT or SIGTERM. Raises listener.CannotServe when the address cannot be had."""
    raise_descriptor_limit()
    _calm_the_collector()
    listener = bind(app.config["HOST"], app.config["PORT"], shared=bool(app.config["REDIS_URL"]))
    _wait_until_ready(app.extensions["presence"])
    app.extensions["classroom"].start()
    if recording := app.extensions.get("recording"):
        recording.start()
    listener.listen(BACKLOG)
    print(_welcome(app), flush=True)
    company = _start_classmates(app, classmates) if classmates else None
    try:
        (_serve_on_eventlet if concurrency.mode() == "eventlet" else _serve_on_threads)(app, listener)
    finally:
        if company:
            company.terminate()
    print("Stopped.", flush=True)


def _calm_the_collector() -> None:
    # What is loaded by now stays, and each connection brings some hundred objects that live long: with the usual limits
    # the collector walks over all of them again and again, a quarter of the CPU at 4,000 connections.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


def _wait_until_ready(presence) -> None:
    """Let nobody in before it is known who is here already; with Redis away, nobody would ever come in."""
    presence.log.start()
    while not presence.log.ready:
        time.sleep(GLANCE_SECONDS / 5)


def _serve_on_eventlet(app, listener: socket.socket) -> None:
    import eventlet
    from eventlet import wsgi

    stop: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _frame: stop.append(number))
    limits = {"max_size": most_connections(), "keepalive": True, "socket_timeout": SILENT_SECONDS}
    options = {"protocol": request_timeouts.protocol(), "log_output": False, "debug": False}
    requests = Requests(app)
    serving = eventlet.spawn(wsgi.server, request_timeouts.in_turns(listener), requests, **limits, **options)
    # A signal does not wake an idle hub, so this looks every now and then.
    while not stop and not serving.dead:
        eventlet.sleep(GLANCE_SECONDS)
    if serving.dead:
        serving.wait()
    app.extensions["stopping"] = True
    listener.close()
    _finish_requests(requests)
    # The server itself would wait until the last of its WebSockets has closed; their pages find another process.
    app.extensions["presence"].sockets.close_all()
    eventlet.sleep(FAREWELL_SECONDS)
    app.extensions["presence"].log.stop()


class Requests:
    """Counts the page requests that are being answered; WebSockets are none."""

    def __init__(self, app) -> None:
        self._app, self.open = app, 0

    def __call__(self, environ, start_response):
        if environ.get("HTTP_UPGRADE"):
            return self._app(environ, start_response)
        self.open += 1
        try:
            return self._app(environ, start_response)
        finally:
            self.open -= 1


def _finish_requests(requests: Requests) -> None:
    """Let those be answered who have asked, for a while; what is answered still has to be sent."""
    deadline = time.monotonic() + LAST_ANSWERS_SECONDS
    time.sleep(GLANCE_SECONDS / 2)
    while requests.open and time.monotonic() < deadline:
        time.sleep(GLANCE_SECONDS / 5)
    time.sleep(GLANCE_SECONDS / 2)


def _serve_on_threads(app, listener: socket.socket) -> None:
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Silent(WSGIRequestHandler):
        """Who asks for which lesson is nobody's business."""

        def log_request(self, code="-", size="-"):
            pass

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    host, port = listener.getsockname()[:2]
    with suppress(KeyboardInterrupt):
        make_server(host, port, app, threaded=True, fd=listener.fileno(), request_handler=Silent).serve_forever()


def _start_classmates(app, count: int) -> subprocess.Popen:
    url = local_url(app.config["HOST"], app.config["PORT"])
    command = ["-m", "flask", "--app", "app", "classmates", str(count), "--url", url]
    environment = {**os.environ, "INSTANCE_DIR": app.config["INSTANCE_DIR"], "DATABASE_URL": app.config["DATABASE_URL"]}
    return subprocess.Popen([sys.executable, *command], env=environment, cwd=app.root_path)  # noqa: S603  our own command


def _welcome(app) -> str:
    host, port = app.config["HOST"], app.config["PORT"]
    lines = [f"The site is at http://{host if ':' not in host else f'[{host}]'}:{port}"]
    with app.app_context():
        from accounts import sample_users

        if names := [user.username for user in sample_users.listed()]:
            lines.append(f"Sign in as {', '.join(names)} with the password {sample_users.PASSWORD!r}.")
    return "\n".join([*lines, "Stop it with Ctrl-C."])
