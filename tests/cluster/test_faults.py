"""Processes that die or stand still: pages go on, and people are soon right again."""

import signal
import time

from presence.transport.socketio_options import PING_SECONDS, PONG_SECONDS
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


def test_a_process_that_stood_still_for_longer_than_pings_wait_is_right_again(cluster, watcher, learners):
    stopped, ends = cluster.sites[2].process, time.monotonic() + PING_SECONDS + PONG_SECONDS + 2
    stopped.send_signal(signal.SIGSTOP)
    await_(lambda: total(watcher) == 1, 10)
    time.sleep(max(0, ends - time.monotonic()))
    stopped.send_signal(signal.SIGCONT)
    await_(lambda: total(watcher) == 10, 10)
    settle(cluster, watcher, 10, 5)
