"""Eventlet or threads: the one module that decides, and hides the difference.

`patch()` must come before every other import and only in a program (`python app.py`): the tests import the application
unpatched and run it on threads. Other packages, except the web server, call this module instead of importing eventlet.
"""

import os
import sys
import time
import warnings
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeVar, TypeVarTuple

from werkzeug.exceptions import ServiceUnavailable

T = TypeVar("T")
Arguments = TypeVarTuple("Arguments")

_mode = "threading"
_aside: Callable[[], AbstractContextManager[None]] = nullcontext
_worker: Callable[[], AbstractContextManager[bool]]
_serving = False

DATABASE_SECONDS = 2.0
SILENT = f"The database did not answer within {DATABASE_SECONDS:.0f} s"
BUSY = "The site is busy. Please try again in a moment."


def _any_thread() -> AbstractContextManager[bool]:
    return nullcontext(True)


_worker = _any_thread


def patch(mode: str | None = None) -> None:
    """Make blocking calls cooperative when `mode` (default: SOCKETIO_ASYNC_MODE, or eventlet) is eventlet.

    `flask run` serves with its own threads and hangs on a patched process, so it stays unpatched.
    """
    global _mode
    if (mode or os.environ.get("SOCKETIO_ASYNC_MODE") or "eventlet") != "eventlet":
        return
    if os.environ.get("FLASK_RUN_FROM_CLI") == "true":
        return
    # Eventlet announces its retirement on every import; README discusses it.
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    import eventlet

    eventlet.monkey_patch()
    _make_postgres_wait()
    _mode = "eventlet"


def _make_postgres_wait() -> None:
    """Install psycopg2's wait callback. Without it, a query waits in C and blocks the event loop."""
    try:
        from psycopg2 import OperationalError, extensions
    except ImportError:
        return
    from eventlet.hubs import trampoline

    def wait(connection: Any) -> None:
        while (state := connection.poll()) != extensions.POLL_OK:
            reads = state == extensions.POLL_READ
            # An exception makes psycopg2 close the connection, so nothing waits for it again.
            limits = {"timeout": DATABASE_SECONDS, "timeout_exc": OperationalError(SILENT)} if _serving else {}
            trampoline(connection.fileno(), read=reads, write=not reads, **limits)

    extensions.set_wait_callback(wait)


def require(mode: str) -> None:
    """Restart the program if the `.env` file, which is read after patching, sets another mode."""
    if mode != _mode and os.environ.get("SOCKETIO_ASYNC_MODE") != mode:
        os.environ["SOCKETIO_ASYNC_MODE"] = mode
        os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606  the same command line


def mode() -> str:
    """The async mode for Socket.IO in this process: `eventlet` or `threading`."""
    return _mode


def begin_serving() -> None:
    """From now on waits are limited. At the start an upgrade of the database may take long."""
    global _serving
    _serving = True


def is_serving() -> bool:
    return _serving


def set_turns(
    aside: Callable[[], AbstractContextManager[None]], worker: Callable[[], AbstractContextManager[bool]]
) -> None:
    """Set the server's contexts: in `aside` a page waits without holding back others; `worker` is a turn on a thread.

    `worker` gives False when the line is too long.
    """
    global _aside, _worker
    _aside, _worker = aside, worker


def pause(seconds: float) -> None:
    """Sleep without holding back other pages."""
    with _aside():
        time.sleep(seconds)


def offload(function: Callable[[*Arguments], T], *args: *Arguments) -> T:
    """Run a CPU-bound call (a password hash) in a thread, so that it does not block the event loop.

    Only as many such calls run at a time as leave one core to the event loop; the others wait in line, where the
    addresses take turns (server/worker_line.py). Raises ServiceUnavailable when the line is too long.
    """
    if _mode != "eventlet":
        return function(*args)
    from eventlet import tpool

    with _aside(), _worker() as granted:
        if not granted:
            raise ServiceUnavailable(BUSY, retry_after=5)
        return tpool.execute(function, *args)
