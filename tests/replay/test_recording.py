"""The file of a recording: bounded, short-lived, for its owner alone; and what reads it again."""

import json
import logging
import stat

import pytest

from presence.core.change_json import encode
from presence.core.changes import Enter
from presence.core.people import User
from replay import recording_writer
from replay.recording import NoRecording, began, changes, head
from replay.recording_file import RecordingFile
from replay.recording_writer import KEPT_SECONDS
from tests.helpers.app import Site

HOUR = 3600.0

LONGEST_LINE = 400


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path, RECORDING="recording")
    yield site
    site.app.extensions["recording"].close()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "recording"


def look(site):
    site.app.extensions["recording"].check(site.clock.now)


def kinds(path):
    return [type(change).__name__ for _, change in changes(path)]


def test_without_the_setting_nothing_is_recorded(tmp_path):
    site = Site(tmp_path)
    site.tab("ada", site.lessons[0])
    assert "recording" not in site.app.extensions
    assert not [file for file in tmp_path.iterdir() if "recording" in file.name]


def test_an_evening_is_recorded_and_read_again(site, path):
    ada = site.tab("ada", site.lessons[0])
    ada.emit("activity", {"status": "away"})
    tim = site.tab("tim", site.lessons[1])
    tim.emit("activity", {"status": "away"})
    ada.close()
    assert kinds(path) == ["Enter", "Activity", "Enter", "Leave"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert began(path) == site.clock.now
    text = path.read_text()
    assert not [trace for trace in ("Ada", "ada", "Tim", "tim", ".svg") if trace in text]


def test_a_hidden_user_neither_begins_a_file_nor_ends_one(site, path, monkeypatch):
    hedy = site.tab("hedy", site.lessons[0])
    assert not path.exists()
    ada = site.tab("ada", site.lessons[0])
    monkeypatch.setattr(recording_writer, "HALF_BYTES", 0)
    before = path.read_bytes()
    hedy.emit("enter", {"place": site.lessons[1]})
    hedy.close()
    assert path.read_bytes() == before
    ada.emit("enter", {"place": site.lessons[1]})
    assert path.read_bytes() != before


def test_a_file_that_is_full_is_rotated_and_everyone_enters_the_next(site, path, monkeypatch):
    monkeypatch.setattr(recording_writer, "HALF_BYTES", 2000)
    ada, tabs = site.tab("ada", site.lessons[0]), [site.tab(name, site.lessons[1]) for name in ("grace", "tim", "hedy")]
    for number in range(30):
        ada.emit("enter", {"place": site.lessons[number % 2]})
        site.advance(1)
        assert path.stat().st_size <= 2000 + 3 * LONGEST_LINE
        assert len({change.connection for _, change in changes(path)}) == 3
    older = path.with_name("recording.1")
    assert older.stat().st_size <= 2000 + LONGEST_LINE
    assert {file.name for file in path.parent.glob("recording*")} == {path.name, older.name}
    assert len(tabs) == 3


def test_no_line_gets_older_than_a_day(site, path):
    older = path.with_name("recording.1")
    site.tab("ada", site.lessons[0])
    begin, was_put_aside = site.clock.now, False
    while site.clock.now < begin + 3 * KEPT_SECONDS:
        site.clock.advance(recording_writer.CHECK_SECONDS)
        look(site)
        assert began(path) > site.clock.now - KEPT_SECONDS / 2
        if older.exists():
            was_put_aside = True
            assert began(older) > site.clock.now - KEPT_SECONDS
    assert was_put_aside
    assert kinds(path) == ["Enter"]


def test_what_is_left_from_before_is_deleted_when_it_is_old_and_put_aside_when_not(tmp_path, path):
    older = path.with_name("recording.1")
    site = Site(tmp_path, RECORDING="recording")
    path.write_text(head(site.clock.now - 13 * HOUR))
    older.write_text(head(site.clock.now - 25 * HOUR))
    look(site)
    assert path.exists()
    assert not older.exists()
    site.tab("ada", site.lessons[0])
    assert began(older) == site.clock.now - 13 * HOUR
    site.app.extensions["recording"].close()


def test_a_disk_that_fails_pauses_the_recording_with_one_warning_and_nothing_else(tmp_path, caplog):
    site = Site(tmp_path, RECORDING="no/such/folder/recording")
    with caplog.at_level(logging.WARNING):
        ada = site.tab("ada", site.lessons[0])
        grace = site.tab("grace", site.lessons[0])
    assert site.presence.roster.topic("").total == 2
    assert ada.emit("enter", {"place": site.lessons[1]}) == {"ok": True}
    assert grace.connected
    [warning] = [record.getMessage() for record in caplog.records]
    assert warning.startswith(f"The recording to '{tmp_path}/no/such/folder/recording' pauses until ")


class Disk:
    """A disk with room for so many more writes."""

    def __init__(self, monkeypatch) -> None:
        self.room, self._put = 1000, RecordingFile._put
        monkeypatch.setattr(RecordingFile, "_put", lambda file, text: self.put(file, text))

    def put(self, file, text):
        if not self.room:
            self._put(file, text[:20])
            raise OSError(28, "No space left on device")
        self.room -= 1
        self._put(file, text)


@pytest.fixture
def disk(monkeypatch):
    return Disk(monkeypatch)


def test_a_disk_that_fails_in_the_middle_is_no_different(site, caplog, disk):
    ada = site.tab("ada", site.lessons[0])
    disk.room = 0
    assert ada.emit("enter", {"place": site.lessons[1]}) == {"ok": True}
    assert ada.emit("enter", {"place": site.lessons[0]}) == {"ok": True}
    look(site)
    assert ["No space left" in record.getMessage() for record in caplog.records] == [True]


def test_a_recording_goes_on_with_all_present_users_when_the_disk_has_room_again(site, path, disk, caplog):
    ada, grace = site.tab("ada", site.lessons[0]), site.tab("grace", site.lessons[0])
    disk.room = 0
    ada.close()
    grace.emit("enter", {"place": site.lessons[1]})
    disk.room = 1000
    assert kinds(path) == ["Enter", "Enter"]
    site.advance(10)
    look(site)
    assert kinds(path.with_name("recording.1")) == ["Enter", "Enter"]
    assert kinds(path) == ["Enter"]
    grace.close()
    assert kinds(path) == ["Enter", "Leave"]
    assert "No space left" in caplog.text


@pytest.mark.parametrize("room", [0, 1, 2])
def test_a_recording_from_before_the_disk_was_full_outlives_the_attempts_to_go_on(site, path, disk, room):
    for name in ("ada", "grace"):
        site.tab(name, site.lessons[0])
    disk.room = 0
    site.tab("alan", site.lessons[0])
    for _ in range(3):
        disk.room = room
        look(site)
        assert not path.exists() or kinds(path) == ["Enter", "Enter"]
    assert kinds(path.with_name("recording.1")) == ["Enter", "Enter"]
    disk.room = 1000
    look(site)
    assert kinds(path) == ["Enter"] * 3


def test_a_file_of_something_else_is_left_alone(site, path, caplog):
    path.write_text("SECRET=1\n")
    site.tab("ada", site.lessons[0])
    assert path.read_text() == "SECRET=1\n"
    assert f"The file '{path}' is not a recording." in caplog.text


def test_a_second_process_leaves_the_file_alone(site, path, tmp_path, caplog):
    site.tab("ada", site.lessons[0])
    before = path.read_bytes()
    other = Site(tmp_path / "other", RECORDING=str(path))
    other.tab("grace", other.lessons[0])
    assert path.read_bytes() == before
    [warning] = caplog.records
    assert "Another process is writing it." in warning.getMessage()


def test_a_crowd_that_does_not_fit_ends_the_recording(site, caplog, monkeypatch):
    monkeypatch.setattr(recording_writer, "HALF_BYTES", 100)
    site.tab("ada", site.lessons[0])
    assert "Not all present users fit into it." in caplog.text


def test_broken_lines_are_passed_over_with_a_word(tmp_path, caplog):
    path = tmp_path / "recording"
    enter = encode(Enter("n/1", User("key", ""), "a/x/1"))
    lines = [
        "nonsense",
        '{"at":1}',
        '{"at":NaN,' + enter[1:],
        '{"at":2,"kind":"wave"}',
        '{"at":3,' + enter[1:],
        '{"at":4,' + enter[1:].replace('"a/x/1"', "[]"),
        '{"at":5,' + enter[1:].replace('"since":null', '"since":1e999'),
        '{"at":6,' + enter[1:].replace('"key"', "{}"),
        '{"at":6,' + enter[1:].replace('"key"', '"\\ud800"'),
        '{"at":6,"x":' + "[" * 100_000,
        '{"at":',
    ]
    path.write_text(head(1.0) + "\n".join(lines))
    assert list(changes(path)) == [(3.0, Enter("n/1", User("key", ""), "a/x/1"))]
    assert [record.getMessage() for record in caplog.records] == [
        f"Line {number} of the recording '{path}' is broken and skipped." for number in (2, 3, 4, 7, 8, 9, 10, 11, 12)
    ]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[]\n", b'{"kind":"leave"}\n', b"x" * 1000, b"3\n"])
def test_another_file_is_no_recording(tmp_path, content):
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(NoRecording, match="is not a recording"):
        changes(path)


@pytest.mark.parametrize("at", ["1e300", "-1e300", "1e999", "NaN", "-1", '"soon"', "null", "9" * 400])
def test_a_time_that_no_page_could_write_is_no_time(tmp_path, at):
    """A made-up recording with such a time broke every page, the error page too."""
    path = tmp_path / "made-up"
    path.write_text(head(1000.0) + f'{{"at":{at},"kind":"leave","connection":"a"}}\n')
    assert kinds(path) == []
    path.write_text(f'{{"at":{at},"kind":"recording"}}\n')
    with pytest.raises(NoRecording):
        began(path)


def test_what_no_one_has_recorded_is_passed_over(tmp_path):
    path = tmp_path / "made-up"
    cells = {"room": "watching", "place": "web/rooms/leave", "audience": "", "cells": {"short": 7}, "made": 1.0}
    lines = [
        {"kind": "put", **cells},
        {"kind": "sign_out", "user_id": "1", "session": None, "keep": None, "reason": ""},
    ]
    lines.append({"kind": "leave", "connection": "a"})
    path.write_text(head(1000.0) + "".join(json.dumps({"at": 1001.0, **one}) + "\n" for one in lines))
    assert kinds(path) == ["Leave"]
