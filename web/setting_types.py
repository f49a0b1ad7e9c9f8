"""A parser for each type of setting, and the words for an acceptable value.

A parser raises ValueError, LookupError, TypeError or SQLAlchemy's ArgumentError for an unusable value.
"""

import re
from collections.abc import Callable, Mapping, Set
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url

Parser = Callable[[str], object]


class ConfigError(ValueError):
    """An unusable setting; the message is a sentence for the operator."""


def _number(lowest: int, highest: int) -> Parser:
    def parse(value: str) -> int:
        # int() alone would take "1_000" and digits of other scripts.
        if not re.fullmatch("[0-9]{1,5}", value) or not lowest <= int(value) <= highest:
            raise ValueError(value)
        return int(value)

    return parse


def _choice(choices: Mapping[str, object]) -> Parser:
    return lambda value: choices[value.lower()]


def _several(known: Set[str]) -> Parser:
    """Some of the names that are known, with commas between them."""

    def parse(value: str) -> set[str]:
        names = {name.strip().lower() for name in value.split(",") if name.strip()}
        if not names <= known:
            raise ValueError(value)
        return names

    return parse


def _hosts(value: str) -> list[str]:
    hosts = [host.strip().lower() for host in value.split(",") if host.strip()]
    if not all(re.fullmatch(r"\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|\[[0-9a-fA-F:.]+\]", host) for host in hosts):
        raise ValueError(value)
    return hosts


def _origins(value: str) -> str:
    origins = value.replace(",", " ").split()
    if not all(re.fullmatch(r"https?://(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]{1,5})?", one) for one in origins):
        raise ValueError(value)
    return " ".join(origins)


def _meeting(value: str) -> str:
    url = urlsplit(value)
    if url.scheme not in ("http", "https") or not url.hostname or "{name}" in url.netloc or value.count("{name}") != 1:
        raise ValueError(value)
    # Quotes, spaces and other braces are a slip of the pen.
    return _matching(r"[!#-;=?-_a-z~]+\{name\}[!#-;=?-_a-z~]*", value)


def _redis(value: str) -> str:
    # Reading `port` raises for one that is not a number.
    if urlsplit(value).scheme not in ("redis", "rediss", "unix") or urlsplit(value).port == 0:
        raise ValueError(value)
    return _matching("[a-z]+://.+", value)


def _matching(pattern: str, value: str) -> str:
    if not re.fullmatch(pattern, value):
        raise ValueError(value)
    return value


def _url(value: str) -> str:
    url = make_url(value)
    # `get_dialect` raises for an unknown one. `postgres` is the old name of `postgresql`.
    if url.drivername != "postgres":
        url.get_dialect()
    return value


VIDEO_HOSTS = {"youtube"}

SWITCH: dict[str, object] = {"auto": "auto", **dict.fromkeys(("1", "on", "true", "yes"), True)}
SWITCH |= dict.fromkeys(("0", "off", "false", "no"), False)

TYPES: dict[str, tuple[Parser, str]] = {
    "text": (str, "text"),
    "port": (_number(1, 65535), "a number from 1 to 65535"),
    "count": (_number(0, 99), "a number from 0 to 99"),
    "folder": (lambda value: str(Path(value).expanduser()), "a folder"),
    "hosts": (_hosts, "names like example.org, .example.org, without scheme and port"),
    "video_hosts": (_several(VIDEO_HOSTS), "youtube, or unset"),
    "origins": (_origins, "origins like https://lms.example.org"),
    "meeting": (_meeting, "a URL with {name} after the host, like https://meet.example.org/{name}"),
    "token": (lambda value: _matching("[A-Za-z0-9_-]{1,32}", value), "up to 32 letters, digits, _ and -"),
    "database": (_url, "a URL like sqlite:///site.db or postgresql://user@host/name"),
    "redis": (_redis, "a URL like redis://localhost:6379/0"),
    "mode": (_choice({"eventlet": "eventlet", "threading": "threading"}), "eventlet or threading"),
    "form": (_choice({"text": "text", "json": "json"}), "text or json"),
    "switch": (_choice(SWITCH), "1, 0 or unset"),
}
