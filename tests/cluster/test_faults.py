"""Processes that die or stand still: pages go on, and people are soon right again."""

import signal
import time

from tests.cluster.harness import await_
from tests.cluster.witness import settle, total


def test_people_of_a_killed_process_leave_within_ten_seconds(cluster, watcher, learners):
    watcher.left.clear()
    cluster.sites[1].process.kill()
    await_(lambda: total(watcher) == 1, 10)
    assert len(set(watcher.left)) == len(learners)
    cluster.restart(1)
    await_(lambda: total(watcher) == 10, 10)
    settle(cluster, watcher, 10, 2)


def test_who_reconnects_elsewhere_never_flickers(cluster, watcher, learners):
    watcher.left.clear()
    for learner in learners:
        learner.urls = [cluster.sites[2].url]
    cluster.sites[1].process.kill()
    time.sleep(10)
    assert not watcher.left
    settle(cluster, watcher, 10, 1)
    cluster.restart(1)
    assert not watcher.left
    settle(cluster, watcher, 10, 1)


def test_a_process_that_stood_still_for_half_a_minute_is_right_again(cluster, watcher, learners):
    stopped = cluster.sites[2].process
    stopped.send_signal(signal.SIGSTOP)
    await_(lambda: total(watcher) == 1, 10)
    time.sleep(24)
    stopped.send_signal(signal.SIGCONT)
    await_(lambda: total(watcher) == 10, 10)
    settle(cluster, watcher, 10, 5)
