"""Limits on failed attempts, for this process: the keys of a request, and the 429 when one of them is over its limit.

With several processes each counts for itself, which allows that many times the attempts. That is still far too few to
guess a password of eight characters.
"""

import time
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from flask import Flask, current_app, request
from werkzeug.exceptions import TooManyRequests

from . import device_cookie
from .leaky_bucket import LeakyBuckets, Limit
from .models import User

LIMITS = {
    # Wrong passwords on one name, from devices that the owner of the name has not used.
    "name": Limit(10, 60),
    # Wrong passwords from one device of the owner, or from a session that is signed in.
    "device": Limit(10, 30),
    # Wrong passwords from one address: a class of thirty sits behind one, and each may be wrong three times.
    "address": Limit(100, 6),
    "signup": Limit(60, 60),
    # With a class code: a lecture of hundreds behind one address, who make their accounts in the same minutes.
    "invited": Limit(600, 2),
    "upload": Limit(20, 30),
}

Keys = dict[str, str | int]
"""{kind of limit: key}."""


def init_app(app: Flask) -> None:
    def clock() -> float:
        return app.extensions["accounts"]["clock"]()

    app.extensions["accounts"]["clock"] = time.monotonic
    app.extensions["accounts"]["attempts"] = {kind: LeakyBuckets(limit, clock) for kind, limit in LIMITS.items()}


@dataclass(frozen=True, slots=True)
class SignIn:
    """A counted attempt to sign in: whether a right password may succeed, and how long the name has to wait."""

    keys: Keys
    allowed: bool
    wait: int

    def fail(self) -> None:
        """Raise 429 when the name is over its limit, from whichever device: the answer must not tell whose it is."""
        if self.wait:
            raise too_many(self.wait)


def begin_sign_in(username: str, user: User | None) -> SignIn:
    """Count an attempt to sign in. Raises 429 when its address is over the limit.

    The name is counted whatever the device, so that no answer depends on whether the device knows the user; a device
    that does has attempts of its own left when the name has none (OWASP, "Device Cookies").
    """
    own: dict[str, str | None] = {"name": username.strip().lower()[:100], "device": device_cookie.known(user)}
    buckets = current_app.extensions["accounts"]["attempts"]
    waits = {kind: buckets[kind].wait(key) for kind, key in own.items() if key is not None}
    free: Keys = {kind: own[kind] or "" for kind, wait in waits.items() if not wait}
    keys: Keys = {"address": address(), **free}
    count(keys)
    return SignIn(keys, allowed=bool(free), wait=waits["name"])


def count(keys: Keys) -> None:
    """Count an attempt under each key. Raises 429, and counts nothing, when one of them is over its limit."""
    buckets = current_app.extensions["accounts"]["attempts"]
    wait = max(buckets[kind].wait(key) for kind, key in keys.items())
    if wait:
        raise too_many(wait)
    for kind, key in keys.items():
        buckets[kind].count(key)


def too_many(wait: int) -> TooManyRequests:
    return TooManyRequests(f"Too many attempts in a short time. Wait {in_words(wait)} and try again.", retry_after=wait)


def refund(keys: Keys) -> None:
    """The attempt succeeded: take it off every key again."""
    for kind, key in keys.items():
        current_app.extensions["accounts"]["attempts"][kind].refund(key)


def address() -> str:
    """The client's address; for IPv6 its /64 network, because a client there has as many addresses as it likes."""
    try:
        found = ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else str(found)


def in_words(seconds: int) -> str:
    if seconds < 2:
        return "a second"
    return f"{seconds} seconds" if seconds < 120 else f"{-(-seconds // 60)} minutes"
