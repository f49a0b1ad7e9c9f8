import pytest

from tests.presence.rooms.examples import Lamp, Pointers, Tally


@pytest.fixture
def rooms(site):
    """A site with three rooms, by name."""
    return {room.name: room for room in (Lamp(site.presence), Tally(site.presence), Pointers(site.presence))}


@pytest.fixture
def page(site, rooms):
    """Opens a page of a user, at the first lesson or at a place, that joins rooms; `answer` says how it went."""

    def opened(user, *names, place=None):
        tab = site.tab(user, site.lessons[0] if place is None else place)
        tab.answer = tab.join(*names) if names else None
        return tab

    return opened
