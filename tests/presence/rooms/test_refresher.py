"""One background task loads the stale cells, however often the ticker looks before the task runs.

Code that fails is asked again: the database may have been away for a moment.
"""

import pytest


def test_the_ticker_starts_one_task_until_it_has_run(site, rooms, page, monkeypatch):
    ada, tasks = page("ada", "tally"), []
    ada.call("tally", "vote", option="a")
    ada.call("tally", "vote", option="b")
    site.clock.now += 1
    monkeypatch.setattr(site.presence.server, "start_background_task", lambda task, *_: tasks.append(task))
    site.presence.ticker.enabled = True
    for _ in range(5):
        site.presence.rooms.refresh()
    assert len(tasks) == 1
    assert site.presence.rooms.next_due() is None
    site.presence.ticker.enabled = False
    tasks.pop()()
    assert ada.cells("tally") == {"votes": 1, "tally": {"b": 1}}
    site.presence.ticker.enabled = True
    site.presence.rooms.refresh()
    assert tasks == []


@pytest.mark.parametrize("asked", ["load", "audiences"])
def test_code_that_has_failed_is_asked_again(site, rooms, page, monkeypatch, caplog, asked):
    ada, grace, failures = page("ada", "tally"), page("grace", "tally"), []

    def fail(*_args):
        failures.append(asked)
        raise RuntimeError("The database is away.")

    with monkeypatch.context() as broken:
        broken.setattr(rooms["tally"], asked, fail)
        ada.call("tally", "vote", option="a")
        for _ in range(10):
            site.advance(1)
    assert 3 <= len(failures) <= 12
    assert "could not be" in caplog.text
    site.advance(3)
    assert ada.cells("tally") == {"votes": 1, "tally": {"a": 1}}
    assert grace.cells("tally") == {"votes": 1}
    assert not site.presence.rooms.refresher.has_work()
