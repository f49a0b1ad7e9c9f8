"""Accounts and progress in Postgres, under eventlet, without anyone having to wait for someone else's query."""

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
import requests

from deploy.services import Missing, Postgres
from tests.cluster.harness import NEAR
from tests.helpers.app import make_small_app
from tests.helpers.server import RunningSite
from tests.web.test_migrations import assert_as_the_models
from web import db


@pytest.fixture(scope="module")
def postgres(tmp_path_factory):
    folder = tmp_path_factory.mktemp("postgres")
    # Its own user has to reach it, if it is not ours.
    for parent in [folder, *folder.parents][:4]:
        parent.chmod(parent.stat().st_mode | 0o055)
    try:
        postgres = Postgres(folder)
    except Missing as missing:
        pytest.fail(str(missing).replace("postgres", "postgresql"))
    yield postgres
    postgres.stop()


@pytest.fixture(scope="module")
def site(postgres, tmp_path_factory):
    site = RunningSite(tmp_path_factory.mktemp("site"), DATABASE_URL=postgres.url)
    yield site
    site.stop()


def test_sign_in_and_progress(site):
    ada = site.browser("ada")
    page = f"{site.url}/courses/{NEAR}"
    answer = ada.post(f"{page}/completion", data={"csrf_token": site.token(ada, "/account")}, timeout=10)
    assert answer.status_code == 200
    data = {"csrf_token": site.token(ada, "/account"), "form": "presence", "visibility": "anonymous"}
    assert ada.post(f"{site.url}/account", data=data, timeout=10).status_code == 200
    assert ada.get(f"{site.url}/healthz/ready", timeout=10).json()["status"] == "ready"


@pytest.fixture
def standing(postgres):
    """A Postgres whose processes all stand still, as on a machine that swaps."""
    numbers = [postgres.process.pid]
    # The first one starts all others, and must not start one more meanwhile.
    _signal(numbers, signal.SIGSTOP)
    numbers += _children(postgres.process.pid)
    _signal(numbers, signal.SIGSTOP)
    yield
    _signal(numbers, signal.SIGCONT)


def _signal(numbers: list[int], number: int) -> None:
    for pid in numbers:
        # One that had just ended was only waiting for its parent.
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def _children(number: int) -> list[int]:
    """The processes below one. One that ends meanwhile has none."""
    try:
        tasks = Path(f"/proc/{number}/task/{number}/children").read_text().split()
    except FileNotFoundError:
        return []
    return [found for task in map(int, tasks) for found in (task, *_children(task))]


@pytest.mark.usefixtures("standing")
def test_a_database_that_stands_still_is_a_page_within_five_seconds(site):
    with ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(lambda _: _timed(f"{site.url}/"), range(40)))
    assert {status for status, _seconds in answers} <= {200, 503}
    assert max(seconds for _status, seconds in answers) < 5
    assert requests.get(f"{site.url}/healthz/ready", timeout=10).status_code == 503
    assert requests.get(f"{site.url}/healthz", timeout=10).status_code == 200
    assert "Traceback" not in site.log


def _timed(url: str) -> tuple[int, float]:
    started = time.monotonic()
    return requests.get(url, cookies={"session": "x"}, timeout=20).status_code, time.monotonic() - started


def test_once_it_goes_on_pages_are_there_again(site):
    time.sleep(1.5)
    assert site.browser("ada").get(f"{site.url}/account", timeout=10).status_code == 200


def test_a_query_that_waits_for_a_lock_stops_no_other(site, postgres):
    psycopg2 = pytest.importorskip("psycopg2")
    ada = site.browser("ada")
    token = site.token(ada, "/account")
    connection = psycopg2.connect(postgres.url)
    with connection, connection.cursor() as cursor:
        cursor.execute("LOCK TABLE completions IN EXCLUSIVE MODE")
        data = {"csrf_token": token}
        url = f"{site.url}/courses/company/keeping/recall/completion"
        statuses = []
        waits = threading.Thread(target=lambda: statuses.append(ada.post(url, data=data, timeout=20).status_code))
        waits.start()
        time.sleep(0.5)
        started = time.monotonic()
        assert site.browser("grace").get(f"{site.url}/account", timeout=10).status_code == 200
        assert time.monotonic() - started < 3
        # The wait for the lock has an end too.
        waits.join(5)
        assert statuses == [503]
    connection.close()
    assert "Traceback" not in site.log


def test_an_older_database_is_upgraded(postgres, tmp_path):
    """The revisions run on Postgres too, and end where the models are."""
    psycopg2 = pytest.importorskip("psycopg2")
    connection = psycopg2.connect(postgres.url)
    connection.autocommit = True
    connection.cursor().execute("CREATE DATABASE older")
    connection.close()
    site = make_small_app(tmp_path, tables=False, DATABASE_URL=postgres.url.replace("/postgres", "/older"))
    with site.app_context():
        with db.db.engine.begin() as one:
            one.exec_driver_sql(
                "CREATE TABLE attendance (course VARCHAR(200), grain INTEGER, at BIGINT, people INTEGER NOT NULL,"
                " PRIMARY KEY (course, grain, at))"
            )
        assert "Upgraded the database to 0001" in db.create_tables()[0]
        with db.db.engine.connect() as one:
            assert_as_the_models(one)
        assert db.create_tables() == []
        db.db.engine.dispose()
