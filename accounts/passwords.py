"""Hashing and checking passwords, off the event loop and never inside a transaction.

Werkzeug's scrypt takes about 0.1 s of one core by design. Inline it would stop every socket for that long, so both
calls run on another thread, and the database connection goes back to the pool before they start. PASSWORD_METHOD, a
Flask key and no setting, lets a test hash cheaply.
"""

import unicodedata
from collections.abc import Callable
from typing import Any

from flask import current_app
from werkzeug.security import check_password_hash, generate_password_hash

from web import concurrency
from web.db import db

from .models import User

SHORTEST, LONGEST = 8, 200
UNUSABLE = "!"
"""The hash of an account that no password opens (Django's word for it)."""


def hash_password(password: str) -> str:
    return _offload(generate_password_hash, unicodedata.normalize("NFKC", password), _method())


def verify(user: User | None, password: str) -> str | None:
    """The user's hash if `password` matches it, to be compared again by `sessions.lock`; None if it does not match.

    For no user (None) it does the same work and returns None.
    """
    stored = user.password_hash if user and user.password_hash != UNUSABLE else f"{_method()}$salt$none"
    return stored if _offload(_matches, stored, password) else None


def _matches(stored: str, password: str) -> bool:
    """Whether the password matches as typed on any system: one sends "\u00e9" as one character, another as two.

    New hashes are of the NFKC form (NIST SP 800-63B); older ones are of whatever form the browser sent.
    """
    forms = [unicodedata.normalize(form, password) for form in ("NFKC", "NFC", "NFD")] + [password]
    return any(check_password_hash(stored, form) for form in dict.fromkeys(forms))


def _method() -> str:
    return current_app.config.get("PASSWORD_METHOD", "scrypt")


def _offload(function: Callable[..., Any], *args: str) -> Any:
    if db.session.new or db.session.dirty:
        raise RuntimeError("Hash a password before changing rows, not inside the transaction.")
    db.session.rollback()
    return concurrency.offload(function, *args)
