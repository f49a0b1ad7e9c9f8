"""Simulated classmates: the same for the same seed, real on the wire, and marked."""

import json
import subprocess
import sys
import time
from itertools import islice

import pytest

from classmates import duration
from classmates.script import Reading, script
from tests.helpers.server import ROOT, RunningSite

READINGS = [Reading(f"web/rooms/{n}", 60.0, {"q": ["1", "2"]}, ["intro", "end"]) for n in range(5)]
ACTIONS = {"enter", "away", "active", "reload", "second tab", "close tab", "break", "return"}
ACTIONS |= {"stuck here", "happy to pair", "just finished", "never mind", "answer", "react"}


def steps(seed, count=400, speed=1.0):
    return list(islice(script(READINGS, seed, speed), count))


def test_the_same_seed_gives_the_same_classmate_and_another_another():
    assert steps("7-1") == steps("7-1")
    assert steps("7-1") != steps("7-2")


def test_a_classmate_does_all_that_people_do_and_waits_as_long_as_they():
    done = steps("7-1")
    assert {step.action for step in done} == ACTIONS
    reading = [step.wait for step in done[1:] if step.action == "enter"]
    assert 50 < sum(reading) / len(reading) < 70
    assert all(step.place in {one.place for one in READINGS} for step in done)


def test_a_classmate_makes_at_most_half_of_the_changes_a_minute_that_wandering_ones_made():
    """They did 2.67 things a minute when each read six times as fast as people do."""
    lesson = Reading("web/rooms/join", 176.0, {"q": ["1", "2"]}, ["intro", "end"], blocks=[90, 200, 300, 0, 90] * 4)
    for seed in range(4):
        done = list(islice(script([lesson], seed), 2000))
        assert len(done) / (sum(step.wait for step in done) / 60) <= 2.67 / 2


def test_a_class_is_as_busy_in_its_first_minutes_as_later():
    """A newcomer sees a class at work, not people who have all just begun."""
    lesson = Reading("web/rooms/join", 176.0, {"q": ["1", "2"]}, ["intro", "end"])
    firsts = [sum(step.wait for step in islice(script([lesson], seed), 1, 2)) for seed in range(400)]
    assert sum(wait < 60 for wait in firsts) > 150


def test_twice_the_speed_halves_every_wait():
    for slow, fast in zip(steps("7-1"), steps("7-1", speed=2.0), strict=True):
        assert fast.wait == pytest.approx(slow.wait / 2)


@pytest.mark.parametrize(("text", "seconds"), [("90s", 90), ("10m", 600), ("2h", 7200), (None, None)])
def test_durations(text, seconds):
    assert duration(None, None, text) == seconds


def test_classmates_join_a_running_site_as_real_people_and_are_marked(tmp_path):
    site = RunningSite(tmp_path, "--classmates", "5")
    try:
        ada = site.socket(site.browser("ada"), "")
        seen, names = "", ("Alan", "Katherine", "Dennis", "Barbara", "Classmate 5")
        deadline = time.monotonic() + 40
        while time.monotonic() < deadline and not all(name in seen for name in names):
            seen += json.dumps(ada.listen(1))
        assert [name for name in names if name not in seen] == []
        assert seen.count('"role": "simulated"') >= 5
    finally:
        assert site.stop() == 0
    assert "5 simulated classmates: Alan, Katherine, Dennis, Barbara, Classmate 5." in site.log
    assert "Traceback" not in site.log


def test_the_command_ends_by_itself(tmp_path):
    site = RunningSite(tmp_path)
    try:
        command = [sys.executable, "-m", "flask", "--app", "app", "classmates", "2", "--url", site.url, "--for", "3s"]
        environment = {"INSTANCE_DIR": str(tmp_path)}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=30)
        assert done.returncode == 0, done.stderr
    finally:
        site.stop()
