"""The garbage collector: no collection stops the sockets for long."""

import gc
from collections import Counter

import pytest

from server import collector

CROWD = 1_000_000


@pytest.fixture
def tuned():
    """The collector as it is when a site serves."""
    before = gc.get_threshold()
    collector.tune()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def test_a_crowd_that_arrives_is_scanned_in_small_parts_and_never_as_a_whole(tuned):
    scans: Counter[int] = Counter()
    gc.callbacks.append(count := lambda phase, info: scans.update([info["generation"]] if phase == "start" else []))
    try:
        crowd = [[n] for n in range(CROWD)]
    finally:
        gc.callbacks.remove(count)
    assert len(crowd) == CROWD
    assert scans[1] >= CROWD / 80_000
    assert not scans[2]
