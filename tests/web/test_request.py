"""A query may hold any byte; werkzeug fails at those that are no UTF-8, and a redirect at a line break."""

import pytest

from tests.helpers.app import make_sample_app


@pytest.fixture
def visitor(tmp_path):
    site = make_sample_app(tmp_path)
    return site.test_client()


@pytest.mark.parametrize("path", ["/", "/login", "/search", "/courses/web/", "/presence", "/nothing"])
@pytest.mark.parametrize("query", ["\xff=\xfe", "next=/courses/\xff&q=\xe4", "place=\r\nX: y", "q=\x00\x7f", "&;=%"])
def test_a_query_of_raw_bytes_is_no_mistake_of_ours(visitor, path, query):
    # Given as `query_string`, the test client would quote it.
    answer = visitor.get(path, environ_overrides={"QUERY_STRING": query})
    assert answer.status_code in (200, 308, 401, 404)


def test_the_bytes_are_read_as_if_they_had_been_quoted(visitor):
    raw = visitor.get("/search", environ_overrides={"QUERY_STRING": "q=caf\xc3\xa9"})
    assert raw.text == visitor.get("/search?q=caf%C3%A9").text
    assert "caf\u00e9" in raw.text
