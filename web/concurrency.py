"""Eventlet or threads: the one module that decides, and hides the difference.

`patch()` must come before every other import and only in a program (`python app.py`): the tests import the application
unpatched and run it on threads. Other packages, except the web server, call this module instead of importing eventlet.
"""

import os
import sys
import warnings

_mode = "threading"


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
        from psycopg2 import extensions
    except ImportError:
        return
    from eventlet.hubs import trampoline

    def wait(connection, timeout=None) -> None:
        while (state := connection.poll()) != extensions.POLL_OK:
            reads = state == extensions.POLL_READ
            trampoline(connection.fileno(), read=reads, write=not reads, timeout=timeout)

    extensions.set_wait_callback(wait)


def require(mode: str) -> None:
    """Restart the program if the `.env` file, which is read after patching, sets another mode."""
    if mode != _mode and os.environ.get("SOCKETIO_ASYNC_MODE") != mode:
        os.environ["SOCKETIO_ASYNC_MODE"] = mode
        os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606  the same command line


def mode() -> str:
    """The async mode for Socket.IO in this process: `eventlet` or `threading`."""
    return _mode


def offload(function, *args):
    """Run a CPU-bound call (a password hash) in a thread, so that it does not block the event loop."""
    if _mode != "eventlet":
        return function(*args)
    from eventlet import tpool

    return tpool.execute(function, *args)
