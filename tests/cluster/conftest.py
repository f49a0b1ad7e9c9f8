from pathlib import Path

import pytest

from tests.cluster.harness import Cluster


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.cluster)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory):
    """Three processes, one of them with a clock that is five minutes ahead and one with a clock five minutes behind.

    Each test leaves all three running, and no one there.
    """
    cluster = Cluster(tmp_path_factory.mktemp("cluster"), skewed=(0, 300, -300))
    yield cluster
    cluster.stop()
