"""Hashing and checking passwords, off the event loop and never inside a transaction.

Werkzeug's scrypt takes about 0.1 s of one core by design. Inline it would stop every socket for that long, so both
calls run on another thread, and the database connection goes back to the pool before they start. PASSWORD_METHOD, a
Flask key and no setting, lets a test hash cheaply.
"""

from flask import current_app
from werkzeug.security import check_password_hash, generate_password_hash

from web import concurrency
from web.db import db

SHORTEST, LONGEST = 8, 200
NONE = "!"
"""The hash of an account that no password opens."""


def hashed(password: str) -> str:
    return _slowly(generate_password_hash, password, _method())


def matches(user, password: str) -> bool:
    """Whether `password` is the user's. For no user (None) it takes the same work and is False."""
    stored = user.password_hash if user and user.password_hash != NONE else f"{_method()}$nobody$none"
    return _slowly(check_password_hash, stored, password)


def _method():
    return current_app.config.get("PASSWORD_METHOD", "scrypt")


def _slowly(function, *args):
    if db.session.new or db.session.dirty:
        raise RuntimeError("Hash a password before changing rows, not inside the transaction.")
    db.session.rollback()
    return concurrency.offload(function, *args)
