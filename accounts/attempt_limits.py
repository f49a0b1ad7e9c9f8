"""The limits on failing, for this process: which keys a request is counted under, and the 429 when there are too many.

With several processes each counts for itself, so that many times the tries are possible; that is still far too few to
guess a password of eight characters.
"""

import time
from ipaddress import ip_address, ip_network

from flask import current_app, request
from werkzeug.exceptions import TooManyRequests

from . import device_cookie
from .leaky_bucket import Limit, Tries

LIMITS = {
    # Wrong passwords on one name, by whoever does not sit at a device of its owner.
    "name": Limit(10, 60),
    # Wrong passwords from one device, or from somebody who is signed in already.
    "device": Limit(10, 30),
    # Wrong passwords from one address: a class of thirty sits behind one, and each may be wrong three times.
    "address": Limit(100, 6),
    "signup": Limit(60, 60),
    "upload": Limit(20, 30),
}


def init_app(app) -> None:
    def clock() -> float:
        return app.extensions["accounts"]["clock"]()

    app.extensions["accounts"]["clock"] = time.monotonic
    app.extensions["accounts"]["tries"] = {kind: Tries(limit, clock) for kind, limit in LIMITS.items()}


def sign_in(username: str, user) -> dict:
    """What a try to sign in is counted under: {kind of limit: key}."""
    nonce = device_cookie.known(user)
    own = {"device": nonce} if nonce else {"name": username.strip().lower()[:100]}
    return {**own, "address": address()}


def count(keys: dict) -> None:
    """Count a try under each key. Raises 429, and counts nothing, when one of them has had too many."""
    tries = current_app.extensions["accounts"]["tries"]
    wait = max(tries[kind].wait(key) for kind, key in keys.items())
    if wait:
        raise TooManyRequests(f"Too many tries in a short time. Wait {in_words(wait)} and try again.", retry_after=wait)
    for kind, key in keys.items():
        tries[kind].count(key)


def take_back(keys: dict) -> None:
    """The try succeeded, and is not held against anybody."""
    for kind, key in keys.items():
        current_app.extensions["accounts"]["tries"][kind].take_back(key)


def address() -> str:
    """Where a request comes from; of IPv6 the network, because everybody there has as many addresses as they like."""
    try:
        found = ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else str(found)


def in_words(seconds: int) -> str:
    if seconds < 2:
        return "a second"
    return f"{seconds} seconds" if seconds < 120 else f"{-(-seconds // 60)} minutes"
