"""A line of the log names its request, in both forms."""

import json
import logging

import pytest

from tests.helpers.app import make_app
from web import logs


@pytest.fixture
def app(tmp_path):
    return make_app(tmp_path)


def record(**more):
    record = logging.LogRecord("presence", logging.WARNING, "file", 1, "%s is gone.", ("Redis",), None)
    record.__dict__.update(more)
    logs.add_request(record)
    return record


def test_a_request_has_an_id_that_the_answer_and_the_line_tell(app):
    with app.test_request_context("/healthz", headers={"X-Request-ID": "from-the-proxy"}):
        logs.request_id()
        line = json.loads(logs.JsonLines().format(record()))
    assert (line["request"], line["message"], line["level"]) == ("from-the-proxy", "Redis is gone.", "WARNING")
    answer = app.test_client().get("/healthz", headers={"X-Request-ID": "from-the-proxy"})
    assert answer.headers["X-Request-ID"] == "from-the-proxy"


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "with space in it", '{"a":1}---'])
def test_an_id_that_could_confuse_a_log_is_replaced(app, given):
    answer = app.test_client().get("/healthz", headers={"X-Request-ID": given})
    assert len(answer.headers["X-Request-ID"]) == 16


def test_a_line_of_a_socket_names_its_connection():
    line = json.loads(logs.JsonLines().format(record(connection="abc")))
    assert (line["connection"], line["request"]) == ("abc", "abc")
    assert logging.Formatter(logs.TEXT).format(record()).endswith("WARNING presence [-] Redis is gone.")
