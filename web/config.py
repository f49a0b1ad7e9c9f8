"""The settings as data: name, default, type and one line of help.

`load()` reads `.env` beside this file, then the environment, then the overrides of `create_app(config)`; the later one
wins and an empty value counts as unset. It returns Flask configuration keys. An unusable value raises
`ConfigError` with a sentence that names the setting and the value. Overrides may hold any other Flask key as well.
"""

import difflib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from sqlalchemy.exc import ArgumentError

from web import database_url, secret_key
from web.setting_types import TYPES, ConfigError

__all__ = ["COOKIES", "ROOT", "SETTINGS", "ConfigError", "Setting", "load"]

ROOT = Path(__file__).resolve().parent.parent


# Browsers keep cookies by host name, whatever the port.
COOKIES = {
    "SESSION_COOKIE_NAME": "session",
    "REMEMBER_COOKIE_NAME": "remember_token",
    "DEVICE_COOKIE_NAME": "device",
}


@dataclass(frozen=True)
class Setting:
    name: str
    default: str | None
    type: str
    help: str


SETTINGS = [
    Setting("HOST", "127.0.0.1", "text", "Address to listen on."),
    Setting("PORT", "5000", "port", "Port to listen on."),
    Setting(
        "INSTANCE_DIR",
        "instance",
        "folder",
        "Folder of the database and the secret key, relative to app.py.",
    ),
    Setting("SECRET_KEY", None, "text", "Signs the cookies; unset: generated into the instance folder."),
    Setting("DATABASE_URL", None, "database", "Where the data is stored; unset: SQLite in the instance folder."),
    Setting("REDIS_URL", None, "redis", "Redis that joins several processes; unset: one process."),
    Setting("SOCKETIO_ASYNC_MODE", "eventlet", "mode", "What serves the sockets: eventlet or threading."),
    Setting("SAMPLE_USERS", "auto", "switch", "Sample users may sign in; unset: until someone makes an account."),
    Setting("OPEN_SIGNUP", "1", "switch", "Anyone may make an account; 0: only with a class code (flask invite)."),
    Setting("TRUSTED_PROXIES", "0", "count", "How many proxies in front may name the visitor's address and scheme."),
    Setting(
        "ALLOWED_HOSTS", None, "hosts", "Host names the site accepts, with commas; .example.org: all below; unset: any."
    ),
    Setting("VIDEO_HOSTS", None, "video_hosts", "Sites whose videos lessons may show: youtube; unset: none."),
    Setting("MEETING_URL", None, "meeting", "Link for two who pair, with {name}, which is made up; unset: no link."),
    Setting("CONTENT_DIR", None, "folder", "Folder of the courses; unset: the sample courses in courses/content."),
    Setting("FRAME_ANCESTORS", None, "origins", "Sites that may show pages in a frame, such as an LMS; unset: none."),
    Setting("COOKIE_PREFIX", None, "token", "Begins the names of the cookies, if two sites share a host name."),
    Setting("LOG_FORMAT", "text", "form", "Log lines for people (text) or for machines (json)."),
    Setting("METRICS_TOKEN", None, "text", "Bearer token for /metrics; unset: only this machine may read it."),
    Setting("RECORDING", None, "text", "File that records what happens, without names; unset: nothing is recorded."),
]


def load(overrides: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """All settings as Flask configuration keys, plus SQLALCHEMY_DATABASE_URI."""
    overrides = dict(overrides or {})
    given = {**_environment(overrides), **overrides}
    values = overrides | {setting.name: _value(setting, given) for setting in SETTINGS}
    values["INSTANCE_DIR"] = str(ROOT / values["INSTANCE_DIR"])
    _make_folder(Path(values["INSTANCE_DIR"]))
    values["SECRET_KEY"] = values["SECRET_KEY"] or secret_key.read_or_make(Path(values["INSTANCE_DIR"]))
    values["DATABASE_URL"] = database_url.complete(values["DATABASE_URL"], values["INSTANCE_DIR"])
    values["CONTENT_DIR"] = values["CONTENT_DIR"] and str(ROOT / values["CONTENT_DIR"])
    values["RECORDING"] = values["RECORDING"] and str(Path(values["INSTANCE_DIR"]) / values["RECORDING"])
    values.setdefault("SQLALCHEMY_DATABASE_URI", values["DATABASE_URL"])
    for key, name in COOKIES.items():
        values.setdefault(key, (values["COOKIE_PREFIX"] or "") + name)
    # A failing statement is logged; its parameters (names, tokens) must not be.
    values.setdefault("SQLALCHEMY_ENGINE_OPTIONS", {"hide_parameters": True})
    return values


def _check_names(file: Iterable[str], path: Path) -> None:
    """Raise ConfigError for a misspelt name, which would otherwise be ignored without a word."""
    known = [setting.name for setting in SETTINGS]
    for name in file:
        if name not in known and not name.startswith("FLASK_"):
            nearest = difflib.get_close_matches(name.upper(), known, 1, 0.6)
            hint = f" Did you mean {nearest[0]}?" if nearest else ""
            raise ConfigError(f"{path} sets {name!r}, which is not a setting.{hint}")


def _environment(overrides: Mapping[str, Any]) -> dict[str, str | None]:
    # A test must not read the developer's .env, least of all its DATABASE_URL.
    file = {} if overrides.get("TESTING") else dotenv_values(ROOT / ".env")
    _check_names(file, ROOT / ".env")
    return {**file, **os.environ}


def _value(setting: Setting, given: Mapping[str, Any]) -> object:
    value = given.get(setting.name)
    if value is None or str(value).strip() == "":
        value = setting.default
    if value is None:
        return None
    parse, expected = TYPES[setting.type]
    try:
        return parse(str(value).strip())
    except (ValueError, LookupError, TypeError, ArgumentError):
        raise ConfigError(f"{setting.name} must be {expected}, not '{database_url.masked(value)}'.") from None


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"INSTANCE_DIR '{folder}' cannot be made: {error.strerror}.") from None
