import pytest

from tests.presence.rooms.examples import Lamp, Page, Pointers, Tally


@pytest.fixture
def rooms(site):
    """A site with three rooms, by name."""
    return {room.name: room for room in (Lamp(site.presence), Tally(site.presence), Pointers(site.presence))}


@pytest.fixture
def page(site, rooms):
    """Opens a page of a user, at the first lesson if nothing else is said, that has joined rooms."""

    def opened(user, *names, place=None):
        return Page(site.tab(user, site.lessons[0] if place is None else place), *names)

    return opened
