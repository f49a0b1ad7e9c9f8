"""What the rest of the site may hear of an account. Both are sent after the commit.

signed_out.send(app, user_id=7, session="<token>", keep=None, reason="You signed out.")
signed_out.send(app, user_id=7, session=None, keep="<token>", reason="...")      every session but `keep`
profile_changed.send(app, user=<User>)                                            name, avatar or visibility
"""

from blinker import Namespace

_signals = Namespace()

signed_out = _signals.signal("signed-out")
profile_changed = _signals.signal("profile-changed")
