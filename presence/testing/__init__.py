"""Test presence in your own site: pages on the Socket.IO test client, and a clock that a test moves.

    from presence.testing import Page, freeze

    def test_two_people_meet():
        clock = freeze(app)
        ines = Page(app, browser=signed_in("ines"))
        ines.enter("book/one/storm")
        bo = Page(app, browser=signed_in("bo"))
        bo.enter("book/one/harbour")
        assert ines.names("book/one") == ["Bo", "Ines"]
        bo.close()
        clock.advance(5)                      # past the grace of 4 seconds
        assert ines.names("book/one") == ["Ines"]

And rooms, on the same pages and the same clock:

    def test_a_lamp():
        ines.join("lamp")                     # {"ok": True, "slots": {"lamp": 1}, "every": {…}}
        ines.call("lamp", "switch", on=True)  # {"ok": True, "reply": None}
        clock.advance(1)
        assert bo.cells("lamp")["lamp"]["on"]
        bo.signal("lamp", "claps", 3)
        assert ines.signals("lamp") == [{"claps": 3}]

Do not keep an app context open around the pages: Flask-Login keeps the user in it, so all pages would be one person's.
"""

from .clock import Clock, freeze
from .page import Page

__all__ = ["Clock", "Page", "freeze"]
