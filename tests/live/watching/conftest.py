import pytest

PLACE = "web/rooms/leave"
VIDEO = "short"


class Viewer:
    """A page on the lesson with a video of six seconds, in the room."""

    def __init__(self, site, username_or_browser):
        self.site = site
        self.tab = site.tab(username_or_browser, PLACE)
        assert self.tab.join("watching")["ok"]
        site.advance(1)

    def do(self, name, **payload):
        """A call. Returns the sentence that refused it, or None."""
        answer = self.tab.call("watching", name, **payload)
        self.site.advance(1)
        return None if answer["ok"] else answer["error"]

    def order(self, did, **more):
        return self.do("control", video=VIDEO, did=did, **more)

    def room_events(self):
        return [payload for name, payload in self.tab.events() if name.startswith("room_")]

    @property
    def now(self):
        """All cells of the room."""
        return self.tab.cells("watching")

    @property
    def clock(self):
        return self.now.get(VIDEO)

    @property
    def lines(self):
        lines = [cell for name, cell in self.now.items() if name.startswith("said:")]
        return [line.get("words", "removed") for line in sorted(lines, key=lambda line: line["at"])]

    def line_id(self, words):
        return next(name.removeprefix("said:") for name, cell in self.now.items() if cell.get("words") == words)


@pytest.fixture
def viewer(site):
    return lambda username: Viewer(site, username)
