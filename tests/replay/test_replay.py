"""`flask replay`: its time, its words, and the class on the map of a real site."""

import os
import re
import signal
import time

import pytest

from deploy.ports import free_port
from presence.core.changes import Enter, Leave
from presence.core.people import User
from presence.core.roster import GRACE_SECONDS
from replay.player import Player
from replay.recording import began, changes, head, line
from replay.timeline import Timeline, named
from tests.helpers.server import RunningSite

LESSON = "realtime/present/tabs"
TIMELINE = Timeline(began=1000.0, start=5000.0, speed=20.0)
EDA = User("3f2a" + "0" * 16, "")


def test_what_happens_is_nearer_together_and_what_was_before_is_as_long_ago():
    assert TIMELINE.moment(1000.0) == 5000.0
    assert TIMELINE.moment(1200.0) == 5010.0
    assert TIMELINE.moment(400.0) == 4400.0
    assert TIMELINE.recorded(5010.0) == 1200.0


def test_a_change_has_its_moments_in_the_time_of_the_replay_and_a_name():
    enter = TIMELINE.rescale(Enter("n/1", EDA, "a/x/1", since=400.0))
    assert (enter.since, enter.user.name, enter.user.avatar) == (4400.0, "Learner 3f2a", "")
    assert TIMELINE.rescale(Enter("n/1", EDA, "a/x/1")).since is None
    assert TIMELINE.rescale(Leave("n/1")) == Leave("n/1")


def test_an_instructor_is_called_one():
    assert named(User("77aa", "", role="instructor")).name == "Instructor 77aa"


@pytest.fixture
def path(tmp_path):
    """A class of two people and someone anonymous; one of them leaves after a minute."""
    enters = [
        Enter("n/1", EDA, LESSON, since=400.0),
        Enter("n/2", User("77aa", "", role="instructor"), LESSON),
        Enter("n/3", User("0c1d", "", visibility="anonymous"), LESSON),
    ]
    lines = [line(enter, 1000.0) for enter in enters] + [line(Leave("n/2", grace=False), 1060.0)]
    path = tmp_path / "recording"
    path.write_text(head(1000.0) + "".join(lines) + '{"at":1061.0,"ki')
    return path


class Replay(RunningSite):
    """`flask replay` in a process of its own, with settings around it that it must not follow."""

    program = ["-m", "flask", "--app", "app", "replay"]


def test_the_map_shows_the_class_as_it_was(path, tmp_path):
    port = free_port()
    replay = Replay(
        tmp_path,
        str(path),
        "--speed",
        "60",
        "--port",
        str(port),
        PORT=str(port),
        TMPDIR=str(tmp_path),
        REDIS_URL="redis://nowhere",
    )
    try:
        margaret = replay.browser("margaret")
        await_word(replay, "The recording is over")
        page = margaret.get(f"{replay.url}/class/realtime", timeout=5).text
        assert "Learner 3f2a" in page
        assert "Instructor 77aa" not in page
        [_, course, section] = margaret.get(f"{replay.url}/presence?place={LESSON}", timeout=5).json()["states"]
        assert (course["total"], section["counts"], len(section["people"])) == (2, {"tabs": 2}, 1)
        assert 600 <= time.time() - section["people"][0]["since"] < 700
    finally:
        replay.process.send_signal(signal.SIGINT)
        assert replay.process.wait(timeout=10) == 0
    assert f"Line 6 of the recording '{path}' is broken and skipped." in replay.log
    assert f"http://127.0.0.1:{port}/class" in replay.log
    assert "2 in: Learner 3f2a and 1 more" in replay.log
    assert "Traceback" not in replay.log
    assert not list(tmp_path.glob("replay-*"))


def await_word(replay, word):
    deadline = time.monotonic() + 10
    while word not in replay.log:
        assert time.monotonic() < deadline, replay.log
        time.sleep(0.05)


@pytest.fixture
def played(site, path, monkeypatch, capsys):
    """`played(speed, once)` plays the recording into a site whose clock goes on while it waits; gives what it said."""
    monkeypatch.setattr(site.presence.server, "sleep", site.advance)

    def played(speed, once=False):
        Player(site.presence, began(path), speed).play(changes(path), once)
        return capsys.readouterr().out

    return played


def test_it_takes_as_long_as_it_took_divided_by_the_speed_and_so_does_a_grace(site, played):
    start = site.clock.now
    played(20.0)
    assert site.clock.now == start + 3.0
    assert site.presence.roster.graces.seconds == GRACE_SECONDS / 20.0


def test_it_says_where_it_is_and_when_it_is_over(played):
    said = played(1.0).splitlines()
    assert len(said) == 15
    assert all(
        re.fullmatch(r"\d\d:\d\d:\d\d  3 in: Learner 3f2a, Instructor 77aa and 1 more", line) for line in said[1:12]
    )
    assert said[-1] == "The recording is over; the map keeps its end. Stop it with Ctrl-C."


def test_a_class_without_people_is_called_empty(played, path):
    path.write_text(head(1000.0) + line(Enter("n/1", EDA, LESSON), 1000.0) + line(Leave("n/1", grace=False), 1001.0))
    assert re.fullmatch(r"\d\d:\d\d:\d\d  The class is empty.", played(1.0).splitlines()[-2])


def test_once_it_ends_the_process_as_a_service_manager_does(played, monkeypatch):
    ended = []
    monkeypatch.setattr("os.kill", lambda *which: ended.append(which))
    assert "The recording is over.\n" in played(20.0, once=True)
    assert ended == [(os.getpid(), signal.SIGTERM)]


def test_another_file_is_answered_with_a_sentence(site, tmp_path):
    file = tmp_path / "notes"
    file.write_text("Milk\n")
    result = site.app.test_cli_runner().invoke(args=["replay", str(file)])
    assert result.exit_code == 2
    assert f"The file '{file}' is not a recording." in result.output
