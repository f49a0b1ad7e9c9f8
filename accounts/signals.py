"""Signals for the rest of the site. The first two are sent after the commit.

signed_out.send(app, user_id=7, session="<token>", keep=None, reason="You signed out.")
signed_out.send(app, user_id=7, session=None, keep="<token>", reason="...")      every session but `keep`
profile_changed.send(app, user=<User>)      the name, avatar, flag or visibility has changed
data_asked.send(app, user=<User>)           the user downloads their data; a receiver returns its part, a dict
"""

from typing import cast

from blinker import Namespace
from flask import Flask, current_app
from werkzeug.local import LocalProxy

_signals = Namespace()

signed_out = _signals.signal("signed-out")
profile_changed = _signals.signal("profile-changed")
data_asked = _signals.signal("data-asked")


def sender() -> Flask:
    """The app itself: receivers connect to it, and would not be found by its proxy."""
    return cast(LocalProxy[Flask], current_app)._get_current_object()


def notify_signed_out(user_id: int, session: str | None, keep: str | None, reason: str) -> None:
    """Send `signed_out` from this app."""
    signed_out.send(sender(), user_id=user_id, session=session, keep=keep, reason=reason)
