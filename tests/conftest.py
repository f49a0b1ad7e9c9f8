"""The site under test: a fresh one for every test, unpatched, with a clock that the test moves."""

import gc
import os
import sys
from math import inf
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from presence.rooms import loader
from tests.helpers.app import Site

# A developer may have a site of their own configured; the tests must not meet it.
for name in (
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "INSTANCE_DIR",
    "SAMPLE_USERS",
    "OPEN_SIGNUP",
    "TRUSTED_PROXIES",
    "ALLOWED_HOSTS",
    "MEETING_URL",
    "METRICS_TOKEN",
    "RECORDING",
):
    os.environ.pop(name, None)


# A property holds however busy the machine is; what promises a time says so in a test of its own.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

# A line about a slow load depends on the machine, and recordings of the log are compared.
loader.SLOW_SECONDS = inf

# A site is made of very many objects, and few of them are ever garbage.
gc.set_threshold(20_000, 20, 100)


def pytest_collection_finish():
    """Keep what is there now, all modules and all tests, from being looked at again and again."""
    gc.freeze()


@pytest.fixture
def site(tmp_path):
    """A site with the sample users, and its Socket.IO test clients."""
    return Site(tmp_path)
