"""Hashing and checking passwords, off the event loop and never inside a transaction.

Werkzeug's scrypt takes about 0.1 s of one core by design. Inline it would stop every socket for that long, so both
calls run on another thread, and the database connection goes back to the pool before they start. PASSWORD_METHOD, a
Flask key and no setting, lets a test hash cheaply.
"""

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
    return _offload(generate_password_hash, password, _method())


def verify(user: User | None, password: str) -> bool:
    """Whether `password` is the user's. For no user (None) it does the same work and returns False."""
    stored = user.password_hash if user and user.password_hash != UNUSABLE else f"{_method()}$salt$none"
    return _offload(check_password_hash, stored, password)


def _method() -> str:
    return current_app.config.get("PASSWORD_METHOD", "scrypt")


def _offload(function: Callable[..., Any], *args: str) -> Any:
    if db.session.new or db.session.dirty:
        raise RuntimeError("Hash a password before changing rows, not inside the transaction.")
    db.session.rollback()
    return concurrency.offload(function, *args)
