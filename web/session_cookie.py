"""Cookies that were signed by a machine whose clock goes ahead of ours.

Several processes of one site may run on several machines. Without this, who signs in at one that is five minutes ahead
is a guest at the others for five minutes: a signature from the future is refused.
"""

import time

from flask.sessions import SecureCookieSessionInterface
from itsdangerous import SignatureExpired, TimestampSigner

AHEAD_SECONDS = 600


class Signer(TimestampSigner):
    """Accepts signatures of the next AHEAD_SECONDS; those of the past as long as asked, as ever."""

    def unsign(self, signed_value, max_age=None, return_timestamp=False):
        value, signed_at = super().unsign(signed_value, return_timestamp=True)
        age = time.time() - signed_at.timestamp()
        if max_age is not None and not -AHEAD_SECONDS <= age <= max_age:
            raise SignatureExpired(f"The signature is {age:.0f} s old.", payload=value, date_signed=signed_at)
        return (value, signed_at) if return_timestamp else value


class Sessions(SecureCookieSessionInterface):
    """Makes what checks the signatures once, not at each request."""

    def __init__(self) -> None:
        self._made: tuple = (None, None)

    def get_signing_serializer(self, app):
        secrets, made = self._made
        if made is None or secrets != (app.secret_key, app.config["SECRET_KEY_FALLBACKS"]):
            made = super().get_signing_serializer(app)
            if made is not None:
                made.signer = Signer
            self._made = (app.secret_key, app.config["SECRET_KEY_FALLBACKS"]), made
        return made
