"""The web server: eventlet's, called by ourselves on our own listening socket.

Socket.IO's `run()` would leave tracebacks in responses, allow 1,024 connections at most, use a short backlog, delay
small packets, and let two servers share a port unnoticed.
"""

import os
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress

from flask import Flask

from web import concurrency, health, lifecycle

from . import collector
from .admission import Admission
from .listener import bind, max_connections, raise_descriptor_limit
from .metrics import SchedulerCollector
from .protocol import make_protocol
from .request_timeouts import yield_between_accepts
from .scheduler import Scheduler
from .worker_line import WorkerLine

BACKLOG = 1024
IDLE_TIMEOUT_SECONDS = 60
DRAIN_SECONDS = 2.0
POLL_SECONDS = 0.25


def serve(app: Flask, on_listening: Callable[[], None] = lambda: None) -> None:
    """Serve until SIGINT or SIGTERM. Raises BindError when the address cannot be used.

    The start hooks of `web.lifecycle` run before the first connection is accepted, the stop hooks after the last page
    has been answered. `on_listening()` is called in between, when connections are queued.
    """
    raise_descriptor_limit()
    collector.tune()
    listener = bind(app.config["HOST"], app.config["PORT"], shared=bool(app.config["REDIS_URL"]))
    hooks = lifecycle.of(app)
    hooks.start()
    listener.listen(BACKLOG)
    on_listening()
    (_serve_on_eventlet if concurrency.mode() == "eventlet" else _serve_on_threads)(app, listener, hooks)
    print("Stopped.", flush=True)


def _serve_on_eventlet(app: Flask, listener: socket.socket, hooks: lifecycle.Lifecycle) -> None:
    import eventlet
    from eventlet import hubs, wsgi

    hub = hubs.get_hub()
    scheduler = Scheduler(hub)
    line = WorkerLine(hub, max(1, (os.cpu_count() or 1) - 1))
    concurrency.set_turns(scheduler.aside, lambda: line.worker(scheduler.address()))
    health.registry(app).register(SchedulerCollector(scheduler, line))
    pages = Admission(app, scheduler, app.config["TRUSTED_PROXIES"])
    limits = {"max_size": max_connections(), "keepalive": True, "socket_timeout": IDLE_TIMEOUT_SECONDS}
    options = {"protocol": make_protocol(hub, wsgi, scheduler), "log_output": False, "debug": False}
    stop = _catch_stop_signals()
    serving = eventlet.spawn(wsgi.server, yield_between_accepts(listener), pages, **limits, **options)
    # A signal does not wake an idle event loop, so poll.
    while not stop and not serving.dead:
        eventlet.sleep(POLL_SECONDS)
    if serving.dead:
        serving.wait()
    hooks.stopping = True
    listener.close()
    _drain(pages)
    hooks.stop()


def _catch_stop_signals() -> list[int]:
    """Collect SIGINT and SIGTERM in a list instead of interrupting a greenlet."""
    stop: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _frame: stop.append(number))
    return stop


def _drain(pages: Admission) -> None:
    """Wait for the pages in progress, for a while, and let the last responses be sent."""
    deadline = time.monotonic() + DRAIN_SECONDS
    time.sleep(POLL_SECONDS / 2)
    while pages.pages_open and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS / 5)
    time.sleep(POLL_SECONDS / 2)


def _serve_on_threads(app: Flask, listener: socket.socket, hooks: lifecycle.Lifecycle) -> None:
    from werkzeug.serving import WSGIRequestHandler, make_server

    class SilentHandler(WSGIRequestHandler):
        """Logs no requests: they would say who reads which lesson."""

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            pass

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    host, port = listener.getsockname()[:2]
    with suppress(KeyboardInterrupt):
        make_server(host, port, app, threaded=True, fd=listener.fileno(), request_handler=SilentHandler).serve_forever()
    hooks.stopping = True
