"""Who a handshake comes from: asked before the upgrade and when the socket connects, at the cost of one query.

The two are milliseconds apart, and a query is what costs most about a connection. So an answer holds for a second,
unless a sign-out or a profile change has been noticed since: then, and later, the site is asked again. An answer that
is overtaken while it is being given is asked for again too.
"""

from collections.abc import Callable
from time import monotonic

from ..core.people import User

FRESH_SECONDS = 1.0
KEY = "presence.identity"


class Identity:
    """`of(environ)` is the user of a WSGI environment, None for a guest."""

    def __init__(self, app, identify: Callable[[], User | None]) -> None:
        self._app, self._identify = app, identify
        self._noticed = 0

    def notice(self) -> None:
        """Something has changed about somebody: what was answered before may not be true any more."""
        self._noticed += 1

    def of(self, environ: dict) -> User | None:
        user, noticed, at = environ.get(KEY, (None, -1, 0.0))
        while noticed != self._noticed or monotonic() - at > FRESH_SECONDS:
            noticed, at = self._noticed, monotonic()
            context = self._app.request_context(environ)
            # A handshake is no page: to look for its route would cost a tenth of the answer.
            context.url_adapter = None
            with context:
                user = self._identify()
        environ[KEY] = user, noticed, at
        return user
