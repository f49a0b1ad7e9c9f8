"""The signed session cookie. Its signature has no age limit; a sign-in's age is checked in the database.

The cookie of a signed-in user holds the token of a session row, and `accounts.sessions` decides how old that row may
be. A second limit on the signature would only sign users out when a clock is stepped back, or on the next process
whose clock runs behind: itsdangerous refuses a timestamp from the future, however the limit is set.
"""

from datetime import datetime
from functools import cache
from hashlib import sha1
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import TimestampSigner, URLSafeTimedSerializer


class AgelessSigner(TimestampSigner):
    """Ignores the timestamp. Writes it as usual, so that older releases read the cookie.

    It keeps the keys that it derives from the secrets, which costs as much as to check a signature.
    """

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.derive_key = cache(self.derive_key)  # type: ignore[method-assign]

    def unsign(  # type: ignore[override]
        self, signed_value: str | bytes, max_age: int | None = None, return_timestamp: bool = False
    ) -> tuple[bytes, datetime] | bytes:
        return super().unsign(signed_value, None, return_timestamp)  # type: ignore[call-overload]


class SessionInterface(SecureCookieSessionInterface):
    """Makes the serializer and its signer once, not at each request."""

    # Flask names SHA-1 by a function in Python, for which the standard library takes its slow HMAC.
    digest_method = staticmethod(sha1)

    def __init__(self) -> None:
        self._made: tuple[object, URLSafeTimedSerializer | None] = (None, None)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        keys = app.secret_key, app.config["SECRET_KEY_FALLBACKS"]
        known, serializer = self._made
        if serializer is None or known != keys:
            serializer = super().get_signing_serializer(app)
            if serializer is not None:
                serializer.signer = AgelessSigner
                serializer.make_signer = cache(serializer.make_signer)  # type: ignore[method-assign]
            self._made = keys, serializer
        return serializer
