"""A Redis that dies, stands still or is not there: pages go on, and people are soon right again."""

import signal
import time

from presence.cluster.redis_connection import ANSWER_SECONDS
from presence.cluster.shared_log import LEASE_SECONDS
from presence.core.grace_period import GRACE_SECONDS
from tests.cluster.harness import Cluster, Learner, await_
from tests.cluster.witness import pages_work, settle, total, watch


def test_redis_that_comes_back_empty(cluster, watcher, learners):
    watcher.left.clear()
    cluster.redis.stop(signal.SIGKILL)
    await_(lambda: watcher.paused, 3)
    pages_work(cluster)
    assert total(watcher) == 10
    cluster.restart_redis()
    await_(lambda: not watcher.paused, 5)
    settle(cluster, watcher, 10, 5)
    time.sleep(5)
    settle(cluster, watcher, 10, 1)
    assert not watcher.left


def test_redis_that_stands_still(cluster, watcher, learners):
    cluster.redis.process.send_signal(signal.SIGSTOP)
    try:
        await_(lambda: watcher.paused, 5)
        pages_work(cluster)
        learners[0].close()
        newcomer = Learner([cluster.sites[2].url], learners[0].cookie, "company")
        # Longer than the lease, the grace and a command's answer together.
        time.sleep(LEASE_SECONDS + GRACE_SECONDS + ANSWER_SECONDS + 3)
        newcomer.start()
        await_(lambda: newcomer.paused, 5)
        assert total(watcher) == 10
    finally:
        cluster.redis.process.send_signal(signal.SIGCONT)
    await_(lambda: not watcher.paused, 5)
    states = cluster.await_agreement(watcher.browser, 5, total=10)
    assert states["realtime/talking"]["total"] == 9
    newcomer.close()


def test_redis_that_cannot_be_reached_at_the_start(tmp_path):
    alone = Cluster(tmp_path, skewed=(0, 0), redis=False)
    try:
        watchers = [watch(alone, number) for number in range(2)]
        await_(lambda: all(watcher.paused for watcher in watchers), 5)
        pages_work(alone)
        alone.restart_redis()
        await_(lambda: not any(watcher.paused for watcher in watchers), 5)
        states = alone.await_agreement(watchers[0].browser, 5, total=1)
        assert abs(states[""]["people"][0]["since"] - time.time()) < 60
    finally:
        alone.stop()
