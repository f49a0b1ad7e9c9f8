"""The signed session cookie. Its signature has no age limit; a sign-in's age is checked in the database.

The cookie of a signed-in user holds the token of a session row, and `accounts.sessions` decides how old that row may
be. A second limit on the signature would only sign users out when a clock is stepped back, or on the next process
whose clock runs behind: itsdangerous refuses a timestamp from the future, however the limit is set.
"""

from datetime import datetime

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import TimestampSigner, URLSafeTimedSerializer


class AgelessSigner(TimestampSigner):
    """Ignores the timestamp. Writes it as usual, so that older releases read the cookie."""

    def unsign(  # type: ignore[override]
        self, signed_value: str | bytes, max_age: int | None = None, return_timestamp: bool = False
    ) -> tuple[bytes, datetime] | bytes:
        return super().unsign(signed_value, None, return_timestamp)  # type: ignore[call-overload]


class SessionInterface(SecureCookieSessionInterface):
    """Makes the serializer once, not at each request."""

    def __init__(self) -> None:
        self._made: tuple[object, URLSafeTimedSerializer | None] = (None, None)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        keys = app.secret_key, app.config["SECRET_KEY_FALLBACKS"]
        known, serializer = self._made
        if serializer is None or known != keys:
            serializer = super().get_signing_serializer(app)
            if serializer is not None:
                serializer.signer = AgelessSigner
            self._made = keys, serializer
        return serializer
