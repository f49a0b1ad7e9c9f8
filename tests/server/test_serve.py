"""Serving: where the site can be reached, what stops the start with a sentence, and what is not written down."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import server
from deploy.ports import free_port
from server import listener
from tests.helpers.server import ROOT, RunningSite


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:5000"),
        ("0.0.0.0", "http://127.0.0.1:5000"),
        ("::1", "http://[::1]:5000"),
        ("::", "http://[::1]:5000"),
        ("localhost", "http://localhost:5000"),
    ],
)
def test_the_address_of_a_site_is_one_that_this_machine_reaches(host, url):
    assert server.local_url(host, 5000) == url


@pytest.mark.parametrize(
    ("arguments", "environment", "sentence"),
    [
        (["--classmates", "201"], {}, "must be a number from 0 to 200, not '201'"),
        ([], {"DATABASE_URL": "sqlite:////no/such/folder/site.db"}, "DATABASE_URL 'sqlite:////no/such/folder/site.db'"),
        ([], {"DATABASE_URL": f"sqlite:///{Path(__file__)}"}, "file is not a database"),
        ([], {"HOST": "no host"}, "HOST 'no host', PORT {port}: Name or service not known."),
    ],
)
def test_what_cannot_be_served_is_said_in_a_sentence(tmp_path, arguments, environment, sentence):
    port = str(free_port())
    settings = {"PATH": "/usr/bin:/bin", "INSTANCE_DIR": str(tmp_path), "PORT": port, **environment}
    done = subprocess.run(
        [sys.executable, ROOT / "app.py", *arguments], env=settings, capture_output=True, text=True, timeout=30
    )
    assert done.returncode != 0
    assert sentence.format(port=port) in done.stderr
    assert "Traceback" not in done.stderr


class OnNewMachine(RunningSite):
    has_database = False


@pytest.mark.parametrize("mode", ["eventlet", "threading"])
def test_a_new_machine_gets_tables_and_sample_users_and_the_log_does_not_tell_who_asks_for_what(tmp_path, mode):
    site = OnNewMachine(tmp_path, SOCKETIO_ASYNC_MODE=mode)
    try:
        assert site.browser("ada").get(f"{site.url}/courses/company/keeping/recall", timeout=10).ok
    finally:
        site.stop()
    assert re.search(r"Made the tables users, .*\nLoaded the sample users ada, grace, ", site.log)
    assert "recall" not in site.log
    assert "GET" not in site.log


class WithoutCollector(RunningSite):
    """A site that says, when it stops, how many connections only the collector could have freed."""

    program = [
        "-c",
        "from web import concurrency; concurrency.patch(); import gc; gc.disable(); import app; app.main()\n"
        "gc.set_debug(gc.DEBUG_SAVEALL); gc.collect(); kinds = [type(one).__name__ for one in gc.garbage]\n"
        "print('Held:', kinds.count('Protocol'), kinds.count('WebSocket'))",
    ]


def test_a_connection_that_has_closed_waits_for_no_collector(tmp_path):
    """The collector is told to be long in coming; a site on which people come and go would grow until then."""
    site = WithoutCollector(tmp_path)
    browser = site.browser("ada")
    for _ in range(5):
        site.socket(browser, "company/keeping/recall").close()
        browser.get(site.url, timeout=10)
    browser.close()
    site.stop()
    assert "Held: 0 0" in site.log


def test_a_system_without_file_limits_serves_too(monkeypatch):
    """Windows has no module `resource`."""
    monkeypatch.setattr(listener, "resource", None)
    listener.raise_descriptor_limit()
    assert listener.max_connections() == listener.CONNECTIONS
