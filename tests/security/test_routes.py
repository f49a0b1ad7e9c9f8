"""Every route with anything in its path, query, form and headers: no answer is a 500. `FUZZ=20` tries more.

What was tried: all rules of the app's URL map, with names that are long, odd, encoded twice or climb; the fields of the
forms and unknown ones, as text, as files, and as what is not a form; headers that the site reads: ranges, hosts,
conditions, cookies and more.
"""

import os
from io import BytesIO
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.helpers.app import Site

TIMES = float(os.environ.get("FUZZ", "1"))
PARTS = [
    "web",
    "rooms",
    "join",
    "x" * 256,
    "%2e%2e",
    "..",
    "%00",
    "\x00",
    "a\nb",
    "a%0d%0aX: y",
    "a%3Fb",
    "\u202e",
    "𝕏",
    "%ff",
    "css/base.css",
    "-1",
    "9" * 40,
    "",
]
FIELDS = [
    "username",
    "password",
    "name",
    "next",
    "form",
    "visibility",
    "flag",
    "remember",
    "undo",
    "choice",
    "kind",
    "on",
    "place",
    "q",
]
VALUES = [
    "",
    "1",
    "-1",
    "1e400",
    "9" * 60,
    "\x00",
    "𝕏\u202e",
    "x" * 3000,
    "../..",
    "//evil.example",
    "http://[",
    "%",
    "presence",
    "null",
]
HEADERS = {
    "Range": ["bytes=0-", "bytes=-1", "bytes=9-1", "bytes=0-0,5-6", "lines=1", "bytes=" + "9" * 50 + "-"],
    "Host": ["", "[", "a b", "x" * 300, "::", "127.0.0.1:99999", "évil"],
    "If-None-Match": ["*", '"', "W/", '"a", "b"'],
    "If-Modified-Since": ["", "yesterday", "Thu, 01 Jan 0000 00:00:00 GMT", "Thu, 01 Jan 99999 00:00:00 GMT"],
    "If-Range": ["x", "Thu, 01 Jan 0000 00:00:00 GMT"],
    "Accept": ["", "*/*", "application/json", ";q=x"],
    "Accept-Encoding": ["br;q=x", "gzip;q=0", ",,,", "identity;q=-1"],
    "Cookie": ["session=", "session=a.b.c", "device=.", "remember_token=1|x", "=;;;", "session=\xff"],
    "Origin": ["null", "http://["],
    "Authorization": ["Bearer ", "Basic !!!"],
    "Content-Type": ["multipart/form-data", "multipart/form-data; boundary=", "text/plain; charset=none", ";;;"],
    "X-Request-ID": ["x" * 300, "\xff" * 20],
}

BODIES = [
    ("application/json", '{"a":' * 5_000),
    ("application/json", '{"username":[1],"csrf_token":{}}'),
    ("application/ld+json; charset=utf-16", "[1]"),
    ("multipart/form-data; boundary=" + "b" * 300, "--b"),
    ("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--"),
    ("multipart/form-data; boundary=b", '--b\r\nContent-Disposition: form-data; name="\xff"; filename*=x\r\n\r\n'),
    ("application/x-www-form-urlencoded; charset=utf-7", "a[b]" * 999 + "&=&%zz=%ff;\0"),
]
"""Types of forms, and what is none in a form's place."""

text = st.sampled_from(VALUES) | st.text(max_size=40)
part = st.sampled_from(PARTS) | st.text(max_size=20)
form = st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=8), text, max_size=6)
header = st.sampled_from([(name, value) for name, values in HEADERS.items() for value in values])


def usual(count):
    quiet = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(max_examples=round(count * TIMES), deadline=None, suppress_health_check=quiet)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("routes"), PROPAGATE_EXCEPTIONS=False)
    site.rules = sorted(site.app.url_map.iter_rules(), key=lambda rule: rule.rule)
    return site


def address(rule, parts):
    """A path that a rule may take: `<name>` and `<path:name>` by any text."""
    names = iter(parts)
    pieces = [(quote(next(names, "x"), safe="%/.") if "<" in piece else piece) for piece in rule.rule.split("/")]
    return "/".join(pieces)


queries = form | st.sampled_from(
    ["\xff=\xfe", "q=\xe4", "next=/courses/\xff", "place=\x00\r\nX: y", "q=%ff%00", "&;=%", "q\t=\x7f"]
)
"""Some of them with raw bytes, one a character, that no browser would send."""


@usual(400)
@given(data=st.data())
def test_no_route_answers_500(site, caplog, data):
    rule = data.draw(st.sampled_from(site.rules))
    method = data.draw(st.sampled_from(sorted({*rule.methods, "POST", "PUT"})))
    path = address(rule, data.draw(st.lists(part, min_size=4, max_size=4))) + data.draw(st.sampled_from(["", "/"]))
    browser = site.browser(data.draw(st.sampled_from([None, "ada", "margaret"])))
    fields = data.draw(form)
    if data.draw(st.booleans()):
        fields["avatar"] = (BytesIO(data.draw(st.binary(max_size=60))), "x.png")
    options = {"headers": dict(data.draw(st.lists(header, max_size=3)))}
    if method in ("POST", "PUT"):
        kind, body = data.draw(st.just((None, fields)) | st.sampled_from(BODIES))
        options |= {"data": body, "content_type": kind}
    caplog.clear()
    site.app.config["WTF_CSRF_ENABLED"] = data.draw(st.booleans())
    query = data.draw(queries)
    if isinstance(query, str):
        # The test client would quote it.
        options["environ_overrides"] = {"QUERY_STRING": query}
    answer = browser.open(path, method=method, query_string=query, **options)
    assert answer.status_code != 500, f"{method} {path} {query} {options}"
    assert not [record for record in caplog.records if record.exc_info]
