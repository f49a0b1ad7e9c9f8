"""During a rolling restart the log holds what only the other version knows: it is read past, and all goes on."""

import json

import pytest

from presence.cluster.cell_hash import puts
from presence.core.change_json import decode, encode
from presence.core.room_changes import Put
from presence.rooms.live_room import NO_CELLS, NO_PEOPLE

UNKNOWN = [
    {"kind": "mute", "room": "lamp", "place": "web/state/diffs", "user_id": "1"},
    {"kind": "put", "room": "piano", "place": "web/state/diffs", "cells": {"key": 1}, "until": 1e11},
    {"kind": "put", "room": "lamp", "place": "web/state/diffs", "cells": {}, "until": 1e11, "colour_space": "P3"},
    {"kind": "stale", "room": "piano", "place": "web/state/diffs", "why": "tuned"},
    {"kind": "admit", "room": "piano", "place": "web/state/diffs", "user_id": "1"},
    {"kind": "joined", "connection": "other/1", "room": "piano"},
]


@pytest.mark.parametrize("record", UNKNOWN, ids=lambda record: f"{record['kind']} {record.get('room')}")
def test_a_record_of_another_version_changes_nothing(site, page, record):
    ada = page("ada", "lamp")
    ada.call("lamp", "switch", on=True)
    site.advance(1)
    cells, ada_signals = ada.cells("lamp"), ada.signals("lamp")
    ada.events()
    if change := decode(json.dumps(record)):
        site.presence.log.append(change)
    site.advance(1)
    assert (ada.cells("lamp"), ada.signals("lamp"), ada.events()) == (cells, ada_signals, [])
    assert ada.call("lamp", "switch", on=False)["ok"]
    site.advance(1)
    assert not ada.cells("lamp")["lamp"]["on"]


def test_a_page_in_a_room_that_only_the_other_version_has_keeps_its_place(site, page):
    """A connection of the other version has joined `piano`, and `tally`, which has people there: here it is a page."""
    ada = page("ada", "lamp", "tally")
    user = next(iter(site.presence.roster.members.values())).user
    enter = {"kind": "enter", "connection": "other/1", "place": site.lessons[0], "rooms": ["lamp", "piano", "tally"]}
    grace = {"id": "77", "name": "Grace", "avatar": "", "role": "learner", "visibility": user.visibility}
    site.presence.log.append(decode(json.dumps(enter | {"user": grace})))
    site.advance(1)
    assert ada.attendance("lamp") == 2
    site.presence.log.append(decode('{"kind": "leave", "connection": "other/1", "grace": false}'))
    site.advance(1)
    assert ada.attendance("lamp") == 1
    assert not [key for key in site.presence.rooms.host.live if key[0] == "piano"]
    assert NO_PEOPLE.is_empty
    assert not NO_CELLS


def test_cells_of_the_hash_that_are_not_known_are_passed_over():
    known = Put("lamp", "a/b/c", {"lamp": 1}, made=5.0, until=9.0)
    texts = {"1": "5.0 " + encode(known), "2": '6.0 {"kind": "cell-v2", "room": "lamp"}'}
    assert puts(texts) == (known,)


def test_signals_that_are_not_known_are_not_heard_by_anyone(site, page):
    ada = page("ada", "lamp")
    ada.events()
    heard = [["piano", site.lessons[0], "key", "sum", "", 1], ["lamp", "no/such/place", "claps", "sum", "", 1]]
    site.presence.rooms.receive_signals(json.dumps({"version": 1, "node": "other", "signals": heard}))
    site.advance(1)
    assert ada.events() == []
