"""What the rest of the site may hear of an account. The first two are sent after the commit.

signed_out.send(app, user_id=7, session="<token>", keep=None, reason="You signed out.")
signed_out.send(app, user_id=7, session=None, keep="<token>", reason="...")      every session but `keep`
profile_changed.send(app, user=<User>)                                            name, avatar or visibility
data_asked.send(app, user=<User>)          somebody downloads their data; a receiver returns its part, a dict
"""

from blinker import Namespace

_signals = Namespace()

signed_out = _signals.signal("signed-out")
profile_changed = _signals.signal("profile-changed")
data_asked = _signals.signal("data-asked")
