"""Eventlet or threads: the one module that decides, and hides the difference.

`patch()` must come before every other import and only in a program (`python app.py`): the tests import the application
unpatched and run it on threads. Other packages, except the web server, call this module instead of importing eventlet.
"""

import os
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, TypeVar, TypeVarTuple

from werkzeug.exceptions import ServiceUnavailable

T = TypeVar("T")
Arguments = TypeVarTuple("Arguments")

_mode = "threading"
_aside: Callable[[], AbstractContextManager[None]] = nullcontext
_workers: Any = None
_serving = False

DATABASE_SECONDS = 2.0
SILENT = f"The database did not answer within {DATABASE_SECONDS:.0f} s"
MAX_OFFLOADED = 100
OFFLOAD_SECONDS = 12.0
BUSY = "The site is busy. Please try again in a moment."


def patch(mode: str | None = None) -> None:
    """Make blocking calls cooperative when `mode` (default: SOCKETIO_ASYNC_MODE, or eventlet) is eventlet.

    `flask run` serves with its own threads and hangs on a patched process, so it stays unpatched.
    """
    global _mode, _workers
    if (mode or os.environ.get("SOCKETIO_ASYNC_MODE") or "eventlet") != "eventlet":
        return
    if os.environ.get("FLASK_RUN_FROM_CLI") == "true":
        return
    # Eventlet announces its retirement on every import; README discusses it.
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    import eventlet

    eventlet.monkey_patch()
    _make_postgres_wait()
    _mode, _workers = "eventlet", eventlet.Semaphore(max(1, (os.cpu_count() or 1) - 1))


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


def set_aside(aside: Callable[[], AbstractContextManager[None]]) -> None:
    """The server's context in which a page waits without holding back other pages."""
    global _aside
    _aside = aside


def pause(seconds: float) -> None:
    """Sleep without holding back other pages."""
    with _aside():
        time.sleep(seconds)


def offload(function: Callable[[*Arguments], T], *args: *Arguments) -> T:
    """Run a CPU-bound call (a password hash) in a thread, so that it does not block the event loop.

    Of all such calls only as many run at a time as leave one core to the event loop; the others wait in line. Raises
    ServiceUnavailable when the line is too long.
    """
    if _mode != "eventlet":
        return function(*args)
    from eventlet import tpool

    with _aside(), _worker():
        return tpool.execute(function, *args)


@contextmanager
def _worker() -> Iterator[None]:
    if _workers.balance <= -MAX_OFFLOADED or not _workers.acquire(timeout=OFFLOAD_SECONDS):
        raise ServiceUnavailable(BUSY, retry_after=5)
    try:
        yield
    finally:
        _workers.release()
