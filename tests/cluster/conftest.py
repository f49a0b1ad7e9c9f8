import pytest

from tests.cluster.harness import NEAR, Cluster, Learner, await_, sign_in
from tests.cluster.witness import total, watch


@pytest.fixture(scope="session")
def cluster(tmp_path_factory):
    """Three processes, one of them with a clock that is five minutes ahead and one with a clock five minutes behind.

    Each test leaves all three running, and no one there.
    """
    cluster = Cluster(tmp_path_factory.mktemp("cluster"), skewed=(0, 300, -300))
    yield cluster
    cluster.stop()


@pytest.fixture(scope="module")
def watcher(cluster):
    """Ada, at the first process."""
    watcher = watch(cluster, 0)
    yield watcher
    watcher.close()


@pytest.fixture(scope="module")
def learners(cluster, watcher):
    """Nine learners at the second process."""
    learners = [Learner([cluster.sites[1].url], cookie, NEAR) for cookie in sign_in(cluster.folder, 9)]
    for learner in learners:
        learner.start()
    await_(lambda: all(learner.socket for learner in learners) and total(watcher) == 10, 20)
    yield learners
    for learner in learners:
        learner.close()
