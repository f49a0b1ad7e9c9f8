"""Device cookies (after OWASP, "Slow Down Online Guessing Attacks with Device Cookies").

Wrong passwords are counted by the name they are tried on. With that alone, guessing at a name would also slow down its
owner, so attempts from a device on which the owner has signed in before are counted by the device instead. The cookie
is a random nonce and a signature over nonce and user; it does not say which user.
"""

import hashlib
import hmac
import secrets

from flask import Response, after_this_request, current_app, request

from .models import User

SECONDS = 365 * 24 * 3600


def known(user: User | None) -> str | None:
    """The nonce of the device that sends this request; None for a device on which `user` has not signed in."""
    nonce, _, signature = request.cookies.get(current_app.config["DEVICE_COOKIE_NAME"], "").partition(".")
    if user is None or not hmac.compare_digest(signature.encode(), _sign(nonce, user).encode()):
        return None
    return nonce


def remember(user: User) -> None:
    """Mark this browser as a device of `user`, and of no other user."""
    if known(user):
        return
    nonce = secrets.token_urlsafe(12)
    value = f"{nonce}.{_sign(nonce, user)}"

    @after_this_request
    def set_cookie(response: Response) -> Response:
        response.set_cookie(
            current_app.config["DEVICE_COOKIE_NAME"], value, max_age=SECONDS, httponly=True, samesite="Lax"
        )
        return response


def _sign(nonce: str, user: User) -> str:
    key = hashlib.sha256(f"device {current_app.config['SECRET_KEY']}".encode()).digest()
    return hmac.new(key, f"{nonce} {user.id}".encode(), hashlib.sha256).hexdigest()
