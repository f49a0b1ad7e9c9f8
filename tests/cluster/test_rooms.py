"""Rooms of several processes that share a Redis: three sites of their own in this one, each with its own presence."""

import time
from contextlib import suppress

import pytest

from deploy.ports import free_port
from deploy.services import Redis
from presence.cluster.cell_hash import CELLS
from presence.rooms.records import PAUSED
from tests.helpers.app import Site
from tests.presence.rooms.examples import Lamp, Pointers, Tally


class Together:
    """`sites[i]` share one Redis, and what the rooms would have in a database."""

    def __init__(self, folder) -> None:
        self.folder, self.port = folder, free_port()
        self.redis = Redis(folder / "redis", self.port)
        self.sites: list[Site] = []
        self.votes: dict = {}
        for _ in range(2):
            self.start()

    def start(self) -> Site:
        site = Site(self.folder / f"site-{len(self.sites)}", REDIS_URL=f"redis://127.0.0.1:{self.port}/0")
        # The shared log has its own time; so the pages' clock runs as well.
        site.presence.clock = time.time
        for room in (Lamp, Tally, Pointers):
            room(site.presence)
        site.presence.rooms.host.registered["tally"].votes = self.votes
        self.sites.append(site)
        return site

    def page(self, number: int, username: str):
        site = self.sites[number]
        page = site.tab(username, site.lessons[0])
        self.until(lambda: page.join("lamp", "tally", "arrows")["ok"])
        self.until(lambda: page.faces("lamp"))
        return page

    def until(self, condition, seconds: float = 10.0) -> None:
        """Let all processes do what falls due until something is true."""
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, "It was not so in time."
            for site in self.sites:
                site.presence.tick()
            time.sleep(0.02)

    def stop(self) -> None:
        for site in self.sites:
            site.presence.log.stop()
            site.presence.node.signals.stop()
        self.redis.stop()


@pytest.fixture
def together(tmp_path):
    together = Together(tmp_path)
    yield together
    with suppress(Exception):
        together.stop()


def test_people_cells_and_signals_are_the_same_in_every_process(together):
    ada, grace = together.page(0, "ada"), together.page(1, "grace")
    together.until(lambda: ada.attendance("lamp") == grace.attendance("lamp") == 2)
    assert ada.call("lamp", "switch", on=True)["ok"]
    together.until(lambda: grace.cells("lamp").get("lamp", {}).get("on"))
    ada.signal("lamp", "claps", 3)
    ada.signal("arrows", "at", [7])
    together.until(lambda: grace.signals("lamp") == [{"claps": 3}])
    slot = next(slot for slot, face in grace.faces("arrows").items() if face["name"] == "Ada")
    together.until(lambda: grace.signals("arrows") == [{"at": {slot: [7]}}])
    together.until(lambda: ada.signals("lamp") == [{"claps": 3}])
    ada.close()
    together.until(lambda: grace.attendance("lamp") == 1)


def test_what_is_in_the_database_is_loaded_by_every_process(together):
    ada, grace = together.page(0, "ada"), together.page(1, "grace")
    together.until(lambda: ada.call("tally", "vote", option="a")["ok"])
    together.until(lambda: ada.cells("tally") == {"votes": 1, "tally": {"a": 1}})
    together.until(lambda: grace.cells("tally") == {"votes": 1})


def test_a_process_that_begins_later_knows_the_cells_and_the_people(together):
    ada = together.page(0, "ada")
    ada.call("lamp", "switch", on=True)
    together.until(lambda: ada.cells("lamp"))
    together.start()
    alan = together.page(2, "alan")
    together.until(lambda: alan.cells("lamp").get("lamp", {}).get("on") and alan.attendance("lamp") == 2)


def test_out_of_sight_on_one_process_is_out_of_sight_on_all(together):
    ada, grace = together.page(0, "ada"), together.page(1, "grace")
    ada.call("lamp", "switch", on=True)
    together.until(lambda: grace.cells("lamp"))
    together.sites[0].choose_visibility(together.sites[0].browser("ada"), "hidden")
    together.until(lambda: grace.cells("lamp") == {} and grace.attendance("lamp") == 1)
    shared = together.sites[0].presence.log._shared._redis
    together.until(lambda: not shared.hgetall(CELLS))


def test_while_redis_is_away_what_must_be_ordered_is_refused_and_all_is_right_again_later(together):
    ada, grace = together.page(0, "ada"), together.page(1, "grace")
    ada.call("lamp", "switch", on=True)
    together.until(lambda: grace.cells("lamp"))
    together.redis.stop()
    together.until(lambda: all(site.presence.log.disconnected for site in together.sites))
    assert ada.call("lamp", "switch", on=False) == {"ok": False, "error": PAUSED}
    assert grace.call("tally", "vote", option="b")["ok"]
    assert grace.signal("lamp", "claps", 1) == {"ok": True}
    # One that has lost what it knew.
    together.redis = Redis(together.folder / "another", together.port)
    together.until(lambda: not any(site.presence.log.disconnected for site in together.sites))
    together.until(lambda: grace.cells("tally") == {"votes": 1, "tally": {"b": 1}})
    together.until(lambda: ada.cells("tally") == {"votes": 1})
    late = together.page(1, "alan")
    together.until(lambda: late.cells("lamp").get("lamp", {}).get("on") and late.attendance("lamp") == 3)
    together.until(lambda: ada.call("lamp", "switch", on=False)["ok"])
    together.until(lambda: grace.cells("lamp")["lamp"]["on"] is False)


def test_in_the_end_redis_holds_no_cell(together):
    ada = together.page(0, "ada")
    rooms = together.sites[0].presence.rooms.host.registered
    rooms["lamp"].put(together.sites[0].lessons[0], soon=1, until=time.time() + 1)
    ada.call("lamp", "lead")
    for number in range(4):
        rooms["lamp"].put(together.sites[0].lessons[0], {f"said:{number}": number}, keep=2, until=time.time() + 2)
    shared = together.sites[0].presence.log._shared._redis
    together.until(lambda: len(shared.hgetall(CELLS)) >= 3)
    ada.close()
    together.until(lambda: not shared.hgetall(CELLS))


def test_people_of_two_processes_wave_and_pair_until_one_leaves(together):
    def people():
        """The people of each process, by name."""
        return [{one["name"]: one for one in site.presence.states("")[0]["people"]} for site in together.sites]

    def say(**said):
        together.until(
            lambda: all({n: p.get("company", {}).get("says") for n, p in here.items()} == said for here in people())
        )

    ada, grace = together.page(0, "ada"), together.page(1, "grace")
    for page in (ada, grace):
        assert page.join("wave", "pairing")["ok"]
    say(Ada=None, Grace=None)
    key = {name: one["key"] for name, one in people()[0].items()}
    assert ada.call("wave", "wave", to=key["Grace"])["ok"]
    together.until(lambda: grace.cells("wave"))
    assert "just waved" in ada.call("wave", "wave", to=key["Grace"])["error"]
    assert ada.emit("company", {"says": "stuck here"})["ok"]
    say(Ada="stuck here", Grace=None)
    assert grace.call("pairing", "offer", to=key["Ada"])["ok"]
    together.until(lambda: ada.cells("pairing").get("news"))
    assert ada.call("pairing", "accept", by=key["Grace"])["ok"]
    say(Ada="pairing", Grace="pairing")
    grace.close()
    say(Ada=None)
    assert ada.call("pairing", "mine")["reply"]["pair"] is None
