"""The site under test: a fresh one for every test, unpatched, with a clock that the test moves."""

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.site import Site

# Whoever runs the tests may have a site of their own configured; the tests must not meet it.
for name in (
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "INSTANCE_DIR",
    "SAMPLE_USERS",
    "TRUSTED_PROXIES",
    "ALLOWED_HOSTS",
    "METRICS_TOKEN",
    "RECORDING",
):
    os.environ.pop(name, None)


def pytest_collection_modifyitems(items):
    """Of several workers one has all tests of a file, and one all tests of the cluster, which they share."""
    for item in items:
        name = "cluster" if item.path.parent.name == "cluster" else str(item.path)
        item.add_marker(pytest.mark.xdist_group(name))


@pytest.fixture
def site(tmp_path):
    """A site with the sample users, and its Socket.IO test clients."""
    return Site(tmp_path)
