"""Requests are read as a query and a form, whatever their bytes and their type.

Werkzeug fails at a query that is not UTF-8, a redirect at a line break, and a form library at JSON in a form's place.
"""

import flask
import pytest

from tests.helpers.app import make_sample_app
from web.request import LARGEST_FORM_WITHOUT_FILES, Request


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


NO_FORMS = ['{"a":' * 5_000, "[1]", '"x"', "NaN", "9" * 5_000, '{"username":{},"password":["x"]}', '{"username":7}']


def test_json_is_no_form(tmp_path):
    visitor = make_sample_app(tmp_path, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False).test_client()
    for path in ("/login", "/signup"):
        for body in NO_FORMS:
            for kind in ("application/json", "application/x+json; charset=utf-16"):
                answer = visitor.post(path, data=body, content_type=kind)
                assert answer.status_code in (422, 429), f"{path} {kind} {body[:20]}"


PARTS = {
    "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--": 400,
    '--b\r\nContent-Disposition: form-data; filename="x"\r\n\r\nx\r\n--b--': 400,
    '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\nx\r\n' * 101 + "--b--": 413,
    # Without a token, as each of these.
    '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\nx\r\n' * 99 + "--b--": 400,
}


def test_a_form_of_parts_without_names_or_of_too_many_is_refused(visitor):
    for body, status in PARTS.items():
        answer = visitor.post("/login", data=body, content_type="multipart/form-data; boundary=b")
        assert answer.status_code == status


@pytest.mark.parametrize("header", ["", "a=1", "a=1; b=2,a=3", 'a="1\\073 2"; b', "a=\xc3\xa9; =; ;x", "a=1;a=2"])
def test_cookies_are_those_that_werkzeug_reads(header):
    environ = {"REQUEST_METHOD": "GET", "HTTP_COOKIE": header}
    read, known = Request(dict(environ)).cookies, flask.Request(dict(environ)).cookies
    assert type(read) is type(known)
    assert list(read.items(multi=True)) == list(known.items(multi=True))
    assert not Request({"REQUEST_METHOD": "GET"}).cookies


def test_a_form_without_files_is_limited_however_its_type_is_written():
    kinds = {
        "Application/X-WWW-Form-Urlencoded ; charset=utf-8": True,
        "multipart/form-data": False,
        "text/plain": False,
    }
    for kind, is_limited in kinds.items():
        request = Request({"REQUEST_METHOD": "POST", "CONTENT_TYPE": kind})
        assert (request.max_content_length == LARGEST_FORM_WITHOUT_FILES) is is_limited
