"""The library versions whose private parts writer.py and guards.py use.

Socket.IO's public way to send costs several times what the direct one does, and its bounds on what comes in are wider.
Both are replaced through private names, which any release may change. With a version that is not listed here, presence
leaves them alone: it serves the plain way, slower, and says so in one line of the log.
"""

import logging
from functools import cache
from importlib.metadata import PackageNotFoundError, version

logger = logging.getLogger("presence")

KNOWN = {"python-socketio": ("5", "18"), "python-engineio": ("4", "15"), "eventlet": ("0", "41")}
"""The major and minor version of each. Eventlet need not be installed."""


@cache
def are_known() -> bool:
    """Return whether all installed versions are known ones. Logs a line, once, if not."""
    others = [f"{name} {found}" for name in KNOWN if (found := _version(name)) and not _is_known(name, found)]
    if others:
        logger.warning("Serving the plain way, which is slower: presence does not know %s.", ", ".join(others))
    return not others


def _is_known(name: str, found: str) -> bool:
    return tuple(found.split(".")[:2]) == KNOWN[name]


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
