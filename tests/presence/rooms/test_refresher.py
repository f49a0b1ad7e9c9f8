"""One background task loads the stale cells, however often the ticker looks before the task runs."""


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
