"""Durations go by the monotonic clock, whatever is done to the wall clock."""

import time

import engineio
import pytest

from presence.core.clock import anchored
from tests.helpers.app import Site


@pytest.mark.parametrize("step", [-3600.0, -5.0, 5.0, 3600.0])
def test_the_clock_of_presence_does_not_step(step):
    wall, steady = [1_700_000_000.0], [50.0]
    clock = anchored(lambda: wall[0], lambda: steady[0])
    assert clock() == 1_700_000_000.0
    wall[0] += step
    steady[0] += 2.0
    assert clock() == 1_700_000_002.0


@pytest.mark.parametrize("step", [-3600.0, 3600.0])
def test_a_site_goes_on_when_the_wall_clock_steps(tmp_path, monkeypatch, step):
    from presence import of

    site = Site(tmp_path)
    presence = of(site.app)
    presence.clock = anchored()
    ada = site.tab("ada", site.lessons[0])
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + step)
    before = presence.clock()
    grace = site.tab("grace", site.lessons[0])
    assert presence.clock() - before < 10
    assert {p["name"] for _, state in ada.frames() for p in state.get("joins", ())} == {"Grace"}
    grace.close()


def test_engineio_waits_for_pongs_by_the_monotonic_clock():
    assert engineio.socket.time.time is engineio.base_socket.time.time is time.monotonic
