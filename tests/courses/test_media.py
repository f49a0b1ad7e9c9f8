"""Files beside lessons: only those that a lesson names, in ranges, under names that change with them."""

import os
import re

import pytest

from courses import CatalogError
from courses.loader import load
from tests.helpers.app import INDEX, make_content, make_small_app, write
from tests.helpers.clients import WebClient, words

FIRST = "lessons/web/01-basics/01-first.md"
DATA = bytes(range(256)) * 40
URL = "/media/web/basics/gap.webp"


@pytest.fixture
def lesson(tmp_path):
    """Writes the lesson web/basics/first with a picture; returns the catalog."""

    def lesson(picture="media/gap.webp", path=FIRST):
        make_content(tmp_path / "lessons")
        folder = tmp_path / "lessons/web/01-basics/media"
        folder.mkdir(exist_ok=True)
        for name in ("gap.webp", "secret.webp", "note.txt"):
            (folder / name).write_bytes(DATA)
        text = f"![A gap]({picture})\n\n## Exercise\n\nTry it.\n"
        write(tmp_path / path, INDEX.format(title="T") + text)
        return load(tmp_path / "lessons", tmp_path)

    return lesson


@pytest.fixture
def guest(lesson, tmp_path):
    lesson()
    return WebClient(make_small_app(tmp_path, CONTENT_DIR=str(tmp_path / "lessons")))


def test_a_picture_beside_a_lesson_has_an_address(lesson, tmp_path):
    catalog = lesson()
    assert re.search(rf'<img src="{URL}\?v=[0-9a-f]{{12}}" alt="A gap"', catalog.lesson("web", "basics", "first").html)
    assert catalog.media == {"web/basics/gap.webp": tmp_path / "lessons/web/01-basics/media/gap.webp"}


@pytest.mark.parametrize(
    ("picture", "problem"),
    [
        ("media/none.webp", "The file 'media/none.webp' does not exist."),
        ("media/../01-first.md", "The picture 'media/../01-first.md' is not an image."),
        ("media/../../../../secret.webp", "must lie beside the lesson."),
        ("media/a/b.webp", "The file 'media/a/b.webp' does not exist."),
        ("media/.hidden.webp", "must lie beside the lesson."),
        ("media/", "The picture 'media/' is not an image."),
        ("media/note.txt", "The picture 'media/note.txt' is not an image."),
        ("gap.webp", "The file 'gap.webp' does not exist."),
        ("/etc/passwd.png", "must lie in /static/ or beside the lesson."),
        ("%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/a.png", "must lie beside the lesson."),
    ],
)
def test_a_file_that_cannot_be_served_stops_the_start(lesson, picture, problem):
    with pytest.raises(CatalogError) as error:
        lesson(picture)
    assert str(error.value).startswith(f"{FIRST}, line 5: ")
    assert problem in str(error.value)


@pytest.mark.parametrize(
    ("file", "link", "url"),
    [
        ("web/01-basics/diagram.png", "![A](diagram.png)", "/media/web/basics/diagram.png"),
        ("web/01-basics/images/a/b.svg", "![A](./images/a/b.svg)", "/media/web/basics/images/a/b.svg"),
        ("web/01-basics/fig 1.png", "![A](fig%201.png)", "/media/web/basics/fig%201.png"),
        ("web/01-basics/fig 1.png", "![A](<fig 1.png>)", "/media/web/basics/fig%201.png"),
        ("web/01-basics/a.png", "![A](a.png?v=2)", "/media/web/basics/a.png"),
        ("web/01-basics/\u00fcbung.png", "![A](u\u0308bung.png)", "/media/web/basics/%C3%BCbung.png"),
        ("web/01-basics/u\u0308bung.png", "![A](%C3%BCbung.png)", "/media/web/basics/%C3%BCbung.png"),
        ("web/01-basics/Hand out.pdf", "[A](Hand%20out.pdf#page=2)", "/media/web/basics/Hand%20out.pdf"),
        ("web/images/logo.png", "![A](../images/logo.png)", "/media/web/images/logo.png"),
        ("shared/logo.png", "![A](../../shared/logo.png)", "/media/shared/-/logo.png"),
    ],
)
def test_a_file_anywhere_in_the_content_is_found_by_its_relative_path(content, tmp_path, file, link, url):
    write(content / file, "x")
    write(content / "web/01-basics/01-first.md", INDEX.format(title="T") + f"{link}\n\n## Exercise\n\nTry.\n")
    html = load(content, tmp_path).lesson("web", "basics", "first").html
    assert re.search(rf'(src|href)="{url}\?v=[0-9a-f]{{12}}"', html), html


def test_two_files_that_would_share_an_address_get_two(content, tmp_path):
    for name in ("a.png", "media/a.png"):
        write(content / "web/01-basics" / name, name)
    text = INDEX.format(title="T") + "![A](a.png) ![B](media/a.png)\n\n## Exercise\n\nTry.\n"
    write(content / "web/01-basics/01-first.md", text)
    assert set(load(content, tmp_path).media) == {"web/basics/a.png", "web/basics/media/a.png"}


def test_under_its_version_a_file_is_kept_for_good_and_without_it_asked_for_again(guest, lesson):
    [url] = re.findall(rf"{URL}[^\"]*", lesson().lesson("web", "basics", "first").html)
    kept = guest.get(url).cache_control
    assert (kept.max_age, kept.public, kept.immutable) == (365 * 24 * 3600, True, True)
    assert guest.get(URL).cache_control.no_cache
    assert guest.get(f"{URL}?v=000000000000").cache_control.no_cache


def test_an_address_that_a_template_makes_has_the_version_too(guest):
    with guest.site.test_request_context():
        made = guest.site.url_for("courses.media", course="web", section="basics", file="gap.webp")
    assert guest.get(made).cache_control.immutable


@pytest.mark.parametrize(
    ("name", "is_shown"), [("a.html", False), ("a.js", False), ("a.zip", False), ("a.pdf", True), ("a.svg", True)]
)
def test_what_could_act_as_a_page_of_the_site_is_downloaded(tmp_path, name, is_shown):
    content = make_content(tmp_path / "lessons")
    write(content / "web/01-basics" / name, "x")
    write(content / "web/01-basics/01-first.md", INDEX.format(title="T") + f"[A]({name})\n\n## Exercise\n\nTry.\n")
    answer = WebClient(make_small_app(tmp_path, CONTENT_DIR=str(content))).get(f"/media/web/basics/{name}")
    assert answer.headers.get("Content-Disposition", "inline").startswith("inline") == is_shown
    assert ("sandbox" in answer.headers["Content-Security-Policy"]) == (name == "a.svg")


def test_the_whole_file_is_sent_with_its_type(guest):
    answer = guest.get(URL)
    assert (answer.status_code, answer.data, answer.mimetype) == (200, DATA, "image/webp")
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert "Set-Cookie" not in answer.headers


def test_a_browser_that_has_the_file_is_told_so(guest):
    tag = guest.get(URL).headers["ETag"]
    assert guest.get(URL, headers={"If-None-Match": tag}).status_code == 304


def test_a_browser_that_has_the_file_is_sent_no_range_of_it(guest):
    tag = guest.get(URL).headers["ETag"]
    answer = guest.get(URL, headers={"If-None-Match": tag, "Range": "bytes=0-9"})
    assert (answer.status_code, answer.data) == (304, b"")
    changed = guest.get(URL, headers={"If-Match": '"another"', "Range": "bytes=0-9"})
    assert (changed.status_code, changed.data) == (412, b"")


def test_the_tag_is_that_of_the_content_on_whichever_machine(guest, tmp_path):
    before = guest.get(URL).headers["ETag"]
    os.utime(tmp_path / "lessons/web/01-basics/media/gap.webp", (1, 1))
    assert guest.get(URL).headers["ETag"] == before


def test_the_head_of_a_file_is_that_of_the_whole(guest):
    for headers in ({}, {"Range": "bytes=0-9"}):
        answer = guest.client.head(URL, headers=headers)
        assert (answer.status_code, answer.data, answer.content_length) == (200, b"", len(DATA))


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-", 0, None),
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, None),
        ("bytes=-10", len(DATA) - 10, None),
        # The last bytes of a file that has fewer are all of it.
        (f"bytes=-{2 * len(DATA)}", 0, None),
        (f"bytes=-{'9' * 5000}", 0, None),
        (f"bytes=10-{2 * len(DATA)}", 10, None),
    ],
)
def test_a_range_is_sent_alone(guest, asked, start, end):
    answer = guest.get(URL, headers={"Range": asked})
    stop = len(DATA) if end is None else end
    assert (answer.status_code, answer.data) == (206, DATA[start:end])
    assert answer.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{len(DATA)}"
    assert int(answer.headers["Content-Length"]) == stop - start


@pytest.mark.parametrize("asked", ["lines=1-2", "bytes", "bytes 0-9", "bytes=0-9,20-29", "bytes=0-0,5-2,99999-"])
def test_another_unit_or_several_ranges_are_answered_with_the_whole_file(guest, asked):
    answer = guest.get(URL, headers={"Range": asked})
    assert (answer.status_code, answer.data) == (200, DATA)


@pytest.mark.parametrize("asked", ["bytes=99999-", "bytes=-0", "bytes=5-2", "bytes=a-b", "bytes=", "bytes=-"])
def test_a_range_that_cannot_be_sent_is_refused(guest, asked):
    answer = guest.get(URL, headers={"Range": asked})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(DATA)}"
    assert "has no such range" in words(answer)


def test_a_range_of_a_file_that_has_changed_is_the_whole_file(guest):
    known = guest.get(URL).headers
    for same in (known["ETag"], known["Last-Modified"]):
        assert guest.get(URL, headers={"Range": "bytes=0-9", "If-Range": same}).status_code == 206
    for other in ('"another"', "W/" + known["ETag"], "Thu, 01 Jan 2099 00:00:00 GMT", "yesterday", ""):
        answer = guest.get(URL, headers={"Range": "bytes=0-9", "If-Range": other})
        assert (answer.status_code, len(answer.data)) == (200, len(DATA)), other


@pytest.mark.parametrize(
    "name", ["secret.webp", "note.txt", "../01-first.md", "%2e%2e/01-first.md", "..%2f01-first.md", ""]
)
def test_what_no_lesson_names_is_not_there(guest, name):
    assert guest.get(f"/media/web/basics/{name}").status_code == 404


def test_a_file_that_was_deleted_since_the_start_is_not_there(guest, tmp_path):
    (tmp_path / "lessons/web/01-basics/media/gap.webp").unlink()
    assert guest.get(URL).status_code == 404


def test_the_policy_lets_pages_play_media_of_the_site_alone(guest):
    assert "media-src 'self';" in guest.get("/").headers["Content-Security-Policy"]
