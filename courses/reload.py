"""Swaps a changed content folder into the running processes, if it has no fault.

`flask courses reload` touches the file `reload-courses` in the instance folder; every process that uses this folder
looks at it once a second. SIGHUP asks one process. A new catalog with faults is refused with a line in the log, and the
old one stays. Reading happens in a thread, so sockets are served meanwhile.
"""

import logging
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from flask import Flask

from web import concurrency, lifecycle

from . import progress
from .current import Source
from .faults import CatalogError

logger = logging.getLogger("courses")

POLL_SECONDS = 1.0
FILE = "reload-courses"


class Reloader:
    """One process's part: `start()` is called when it serves."""

    def __init__(self, app: Flask, source: Source) -> None:
        self._app, self._source = app, source
        self._file = Path(app.config["INSTANCE_DIR"]) / FILE
        self._seen = self._stamp()
        self._asked = False
        lifecycle.of(app).on_start.append(self.start)

    def start(self) -> None:
        has_terminal = os.isatty(0)
        # Not on Windows, nor outside the main thread.
        with suppress(AttributeError, ValueError):
            signal.signal(signal.SIGHUP, lambda *_: self._hangup(has_terminal))
        threading.Thread(target=self._watch, daemon=True).start()

    def reload(self) -> bool:
        """Read the content again. Returns whether the new catalog is in use."""
        try:
            catalog = concurrency.offload(self._source.load)
        except CatalogError as error:
            logger.error("The courses were not reloaded; the old ones stay.\n%s", error)
            return False
        self._app.extensions["courses"] = catalog
        logger.info("Reloaded %d courses.", len(catalog.courses))
        with self._app.app_context():
            for warning in (*catalog.warnings, *progress.lost(catalog)):
                logger.warning("%s", warning)
        return True

    def _hangup(self, has_terminal: bool) -> None:
        # A closed terminal sends the same signal, and then it means the end.
        if has_terminal and not os.isatty(0):
            os.kill(os.getpid(), signal.SIGTERM)
        self._asked = True

    def _watch(self) -> None:
        while True:
            time.sleep(POLL_SECONDS)
            try:
                self.look()
            except Exception:
                logger.exception("The courses could not be reloaded.")

    def look(self) -> None:
        """Reload if that was asked for. Tests call it directly."""
        stamp = self._stamp()
        if self._asked or stamp != self._seen:
            self._asked, self._seen = False, stamp
            self.reload()

    def _stamp(self) -> int:
        try:
            return self._file.stat().st_mtime_ns
        except OSError:
            return 0


def ask(folder: Path) -> None:
    """Ask all processes of an instance folder to reload."""
    (folder / FILE).write_text(f"{time.time()}\n")


def is_cli() -> bool:
    """Whether this is `flask courses ...`, which must run with broken content too."""
    return os.environ.get("FLASK_RUN_FROM_CLI") == "true" and "courses" in sys.argv[1:]
