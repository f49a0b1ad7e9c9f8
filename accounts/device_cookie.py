"""Devices on which a user has signed in before: a cookie that says so, and to nobody for whom.

Wrong passwords are counted by the name they are tried on. If that were all, whoever guesses at a name would also slow
down its owner; so tries from a device that knows the owner are counted by the device instead.
"""

import hashlib
import hmac
import secrets

from flask import after_this_request, current_app, request

COOKIE = "device"
SECONDS = 365 * 24 * 3600


def known(user) -> str | None:
    """Which of the user's devices this request comes from; None for a device that does not know the user."""
    nonce, _, seal = request.cookies.get(COOKIE, "").partition(".")
    if user is None or not hmac.compare_digest(seal.encode(), _seal(nonce, user).encode()):
        return None
    return nonce


def remember(user) -> None:
    """From now on this device knows the user, and no other user."""
    if known(user):
        return
    nonce = secrets.token_urlsafe(12)
    value = f"{nonce}.{_seal(nonce, user)}"

    @after_this_request
    def set_cookie(response):
        response.set_cookie(COOKIE, value, max_age=SECONDS, httponly=True, samesite="Lax")
        return response


def _seal(nonce, user):
    key = hashlib.sha256(f"device {current_app.secret_key}".encode()).digest()
    return hmac.new(key, f"{nonce} {user.id}".encode(), hashlib.sha256).hexdigest()
