"""The time that nginx waits for a process, by the configuration in deploy/."""

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from deploy.services import Nginx
from server import scheduler, worker_line
from tests.helpers.server import ROOT

# Longer than a page may take.
SLOW_SECONDS = 6


class Slow(BaseHTTPRequestHandler):
    """Answers with the method and the form that came, after a while."""

    def do_GET(self) -> None:
        time.sleep(SLOW_SECONDS)
        form = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.command.encode() + b" " + form)

    do_POST = do_GET

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def url(tmp_path):
    """The address of nginx before one slow process."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Slow) as site:
        threading.Thread(target=site.serve_forever).start()
        proxy = Nginx(tmp_path, [site.server_port])
        yield f"http://127.0.0.1:{proxy.port}"
        proxy.stop()
        site.shutdown()


def test_a_form_is_waited_for_longer_than_a_page(url):
    tries = [
        ("GET", "/"),
        ("GET", "/login"),
        ("POST", "/"),
        ("POST", "/login"),
        ("POST", "/password/a"),
        ("POST", "/account"),
    ]
    with ThreadPoolExecutor(len(tries)) as pool:
        answers = list(pool.map(lambda one: requests.request(one[0], url + one[1], data={"a": "b"}, timeout=20), tries))
    assert [answer.status_code for answer in answers] == [504, 504, 504, 200, 200, 200]
    assert {answer.text for answer in answers[3:]} == {"POST a=b"}


def test_nginx_waits_for_a_form_longer_than_the_site_does():
    forms = (ROOT / "deploy" / "nginx.conf").read_text().partition("location @form")[2]
    seconds = int(re.search(r"proxy_read_timeout (\d+)s", forms)[1])
    assert seconds > scheduler.MAX_WAIT_SECONDS + worker_line.MAX_WAIT_SECONDS
