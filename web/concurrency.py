"""The one place that knows which concurrency library runs the process.

`patch()` must come before every other import and only in a program (`python app.py`): the tests import the application
unpatched and run it on threads. Everything but the web server asks here instead of importing eventlet.
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
    # Eventlet announces its retirement on every import; README says what we think of that.
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    import eventlet

    eventlet.monkey_patch()
    _make_postgres_wait()
    _mode = "eventlet"


def _make_postgres_wait() -> None:
    """psycopg2 waits in C, where nobody else can have a turn, unless it is told how to wait."""
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
    """Start the program again when a `.env` file, which is read after patching, asks for another mode."""
    if mode != _mode and os.environ.get("SOCKETIO_ASYNC_MODE") != mode:
        os.environ["SOCKETIO_ASYNC_MODE"] = mode
        os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606  as it was started


def mode() -> str:
    """The async mode that Socket.IO must be given in this process: `eventlet` or `threading`."""
    return _mode


def offload(function, *args):
    """Run a call that keeps the processor busy (a password hash) without stopping everyone's sockets."""
    if _mode != "eventlet":
        return function(*args)
    from eventlet import tpool

    return tpool.execute(function, *args)
