"""Files and pages on the wire: lasting names, ETags, and compression only where the length tells no secret."""

import gzip
import json
import re
import subprocess
from pathlib import Path

import brotli
import pytest

from tests.helpers.app import Site
from web import compression, static_files
from web.config import ROOT

BOTH = {"Accept-Encoding": "gzip, br"}
LESSON = "/courses/web/rooms/intro"


@pytest.fixture
def visitor(tmp_path):
    return Site(tmp_path).app.test_client()


def named(visitor, filename):
    with visitor.application.test_request_context():
        return visitor.application.url_for("static", filename=filename)


def test_a_file_has_a_name_that_changes_with_it_and_is_kept_for_good(visitor):
    path = named(visitor, "js/main.js")
    assert path == f"/static/{visitor.application.extensions['assets']}/js/main.js"
    answer = visitor.get(path)
    assert answer.headers["Cache-Control"] == "public, immutable, max-age=31536000"
    assert answer.mimetype == "text/javascript"


@pytest.mark.parametrize("path", ["/static/avatars/ada.svg", "/static/0123456789ab/avatars/ada.svg"])
def test_a_name_without_the_version_is_asked_for_again(visitor, path):
    answer = visitor.get(path)
    assert answer.headers["Cache-Control"] == "no-cache"
    again = visitor.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_a_file_is_packed_as_the_browser_takes_it(visitor, encoding, unpack):
    plain, packed = (visitor.get(named(visitor, "js/main.js"), headers={"Accept-Encoding": name})
                     for name in ("identity", encoding))  # fmt: skip
    assert packed.headers["Content-Encoding"] == encoding
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert unpack(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]


@pytest.mark.parametrize(
    "path", ["/static/nothing.js", "/static/../app.py", "/static/%2e%2e/app.py", "/static/css", "/static/"]
)
def test_nothing_else_is_a_file(visitor, path):
    assert visitor.get(path).status_code == 404


@pytest.fixture
def large(tmp_path):
    """A site with a file of 40 MB in static/, and the bytes of the file's end."""
    app = Site(tmp_path / "site").app
    app.static_folder = str(tmp_path / "static")
    path = tmp_path / "static/talk.webm"
    path.parent.mkdir()
    with path.open("wb") as file:
        file.truncate(40_000_000)
        file.seek(0, 2)
        file.write(b"the end")
    return app, path


def test_a_large_file_is_sent_in_pieces_and_never_read_whole(large, monkeypatch):
    app, path = large
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail(f"{self} is read whole"))
    answer = app.test_client().get("/static/talk.webm")
    assert (answer.status_code, answer.content_length, answer.is_streamed) == (200, path.stat().st_size, True)
    assert len(static_files.digest_of(path.parent)) == 12


def test_a_large_file_changes_its_version(large):
    _, path = large
    before = static_files.digest_of(path.parent)
    with path.open("r+b") as file:
        file.write(b"another beginning")
    assert static_files.digest_of(path.parent) != before


@pytest.mark.parametrize(
    ("asked", "status", "body"),
    [("bytes=-7", 206, b"the end"), ("bytes=40000000-", 206, b"the end"), ("bytes=50000000-", 416, None)],
)
def test_a_range_of_a_large_file_is_sent_alone(large, asked, status, body):
    answer = large[0].test_client().get("/static/talk.webm", headers={"Range": asked})
    assert answer.status_code == status
    assert body is None or answer.data == body


def test_a_range_of_a_small_file_is_sent_alone_and_unpacked(visitor):
    whole = visitor.get("/static/avatars/ada.svg")
    part = visitor.get("/static/avatars/ada.svg", headers={"Range": "bytes=1-4", **BOTH})
    assert (part.status_code, part.data) == (206, whole.data[1:5])
    assert part.headers["Content-Range"] == f"bytes 1-4/{len(whole.data)}"
    assert "Content-Encoding" not in part.headers
    assert visitor.get("/static/avatars/ada.svg", headers={"Range": "bytes=999999-"}).status_code == 416


def test_a_stylesheet_holds_what_it_imports(visitor):
    sheet = visitor.get(named(visitor, "css/site.css")).text
    assert "@import" not in sheet
    assert sheet.index("@layer values") < sheet.index("--paper") < sheet.index(".bubble") < sheet.index("@media print")


def test_a_page_for_everyone_is_compressed(visitor):
    answer = visitor.get(LESSON, headers=BOTH)
    assert answer.headers["Content-Encoding"] == "br"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert b"</html>" in brotli.decompress(answer.data)


def test_a_form_is_not_packed(visitor):
    assert "Content-Encoding" not in visitor.get("/login?next=/text-of-somebody", headers=BOTH).headers


def test_a_lesson_of_a_user_is_compressed_with_padding_and_the_account_not_at_all(tmp_path):
    ada = Site(tmp_path).browser("ada")
    lengths = {len(ada.get(LESSON, headers=BOTH).data) for _ in range(8)}
    assert len(lengths) > 1
    assert "Content-Encoding" not in ada.get("/account", headers=BOTH).headers


def test_data_is_packed_without_noise(tmp_path, monkeypatch):
    monkeypatch.setattr(compression, "MIN_BYTES", 1)
    answer = Site(tmp_path).browser("ada").get("/courses/places.json", headers=BOTH)
    assert json.loads(brotli.decompress(answer.data))[""]["url"] == "/"


def test_no_other_site_can_make_a_browser_load_pages_of_a_signed_in_user(tmp_path):
    """The condition under which lessons may be compressed."""
    app = Site(tmp_path).app
    assert {app.config["SESSION_COOKIE_SAMESITE"], app.config["REMEMBER_COOKIE_SAMESITE"]} == {"Lax"}


@pytest.mark.parametrize("path", ["js/presence/model/topics.js", "vendor/turbo/turbo.es2017-esm.js"])
def test_a_script_is_served_without_comments_and_keeps_its_lines(visitor, path):
    whole = (Path(visitor.application.static_folder) / path).read_text()
    served = visitor.get(f"/static/{path}").text
    assert len(served) < len(whole) * 0.9
    assert not path.startswith("js/") or not re.search(r"^\s*//", served, re.MULTILINE)
    assert ("/*!" in served) is ("/*!" in whole)
    pairs = list(zip(whole.split("\n"), served.split("\n"), strict=True))
    assert all(there in ("", here.lstrip()) for here, there in pairs)
    assert [here for here, there in pairs if there][-1] == [line for line in whole.split("\n") if line][-1]


def test_turbo_is_served_without_the_part_that_morphs_pages_and_none_asks_for_it(visitor):
    served = visitor.get("/static/vendor/turbo/turbo.es2017-esm.js").text
    assert "var Idiomorph" not in served
    subprocess.run(["node", "--check", "--input-type=module", "-"], input=served, text=True, timeout=20, check=True)
    asking = re.compile(r"turbo-refresh-method|<turbo-(?:frame|stream)|turbo-stream")
    texts = [path for folder in ("templates", "static/js") for path in (ROOT / folder).rglob("*") if path.is_file()]
    assert [path.name for path in texts if asking.search(path.read_text())] == []


def test_a_guests_page_is_compressed_once_and_no_page_of_a_user_is_kept(tmp_path):
    site = Site(tmp_path)
    compression.compress_public.cache_clear()
    for visitor in (site.browser(), site.browser(), site.browser("ada")):
        visitor.get(LESSON, headers=BOTH)
    kept = compression.compress_public.cache_info()
    assert [kept.hits, kept.misses] == [1, 1]
