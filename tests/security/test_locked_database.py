"""Another program holds SQLite's write lock: pages that write get a sentence, and no socket waits."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.helpers.server import RunningSite
from tests.security.pair import Pair

pytestmark = pytest.mark.alone

WRITERS = 30
LONGEST_DELAY = 0.1


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = RunningSite(tmp_path_factory.mktemp("instance"))
    yield site
    site.stop()


@pytest.fixture
def lock(site):
    connection = sqlite3.connect(site.log_path.with_name("site.db"), isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    yield connection
    connection.close()


def test_no_move_waits_for_a_lock(site, lock):
    lock.rollback()
    pair, writer = Pair(site), site.browser("alan")
    form, url = {"csrf_token": site.token(writer, "/account")}, f"{site.url}/courses/company/keeping/recall/completion"
    lock.execute("BEGIN IMMEDIATE")

    def write(_number):
        answer = writer.post(url, data=form, timeout=20, allow_redirects=False)
        return answer.status_code, answer.elapsed.total_seconds()

    with ThreadPoolExecutor(WRITERS) as pool:
        answers = list(pool.map(write, range(WRITERS)))
    readers = [writer.get(f"{site.url}/account", timeout=10).status_code for _ in range(3)]
    pair.stop()
    lock.rollback()
    after = write(0)[0]
    pair.close()
    assert {status for status, _seconds in answers} == {503}
    assert max(seconds for _status, seconds in answers) < 5
    assert readers == [200, 200, 200]
    assert pair.excess() < LONGEST_DELAY, sorted(pair.delays)[-5:]
    assert after == 303
    assert "Traceback" not in site.log
