"""Files beside lessons: only those that a lesson names, in ranges, and kept by browsers for a day."""

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
    assert f'<img src="{URL}" alt="A gap"' in catalog.lesson("web", "basics", "first").html
    assert catalog.media == {"web/basics/gap.webp": tmp_path / "lessons/web/01-basics/media/gap.webp"}


@pytest.mark.parametrize(
    ("picture", "problem"),
    [
        ("media/none.webp", "The file 'media/none.webp' does not exist."),
        ("media/../01-first.md", "must lie in the folder media beside the lesson."),
        ("media/../../../../secret.webp", "must lie in the folder media beside the lesson."),
        ("media/a/b.webp", "must lie in the folder media beside the lesson."),
        ("media/.hidden.webp", "must lie in the folder media beside the lesson."),
        ("media/", "must lie in the folder media beside the lesson."),
        ("media/note.txt", "The file 'media/note.txt' must be one of .webm, .mp4, .vtt"),
        ("gap.webp", "must lie in /static/, or in the folder media beside the lesson."),
    ],
)
def test_a_file_that_cannot_be_served_stops_the_start(lesson, picture, problem):
    with pytest.raises(CatalogError) as error:
        lesson(picture)
    assert str(error.value).startswith(f"{FIRST}, line 5: ")
    assert problem in str(error.value)


def test_the_page_of_a_course_names_no_file_beside_it(lesson):
    with pytest.raises(CatalogError) as error:
        lesson("media/gap.webp", "lessons/web/course.md")
    assert "does not exist" in str(error.value) or "can only be named by a lesson" in str(error.value)


def test_the_whole_file_is_sent_with_its_type_and_kept_for_a_day(guest):
    answer = guest.get(URL)
    assert (answer.status_code, answer.data, answer.mimetype) == (200, DATA, "image/webp")
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert (answer.cache_control.max_age, answer.cache_control.public) == (86400, True)
    assert "Set-Cookie" not in answer.headers


def test_a_browser_that_has_the_file_is_told_so(guest):
    tag = guest.get(URL).headers["ETag"]
    assert guest.get(URL, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("asked", "start", "end"), [("bytes=0-99", 0, 100), ("bytes=100-", 100, None), ("bytes=-10", len(DATA) - 10, None)]
)
def test_a_range_is_sent_alone(guest, asked, start, end):
    answer = guest.get(URL, headers={"Range": asked})
    stop = len(DATA) if end is None else end
    assert (answer.status_code, answer.data) == (206, DATA[start:end])
    assert answer.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{len(DATA)}"
    assert int(answer.headers["Content-Length"]) == stop - start


@pytest.mark.parametrize("asked", ["bytes=99999-", "bytes=5-2", "bytes=a-b", "bytes=0-9,20-29", "lines=1-2", "bytes"])
def test_a_range_that_cannot_be_sent_is_refused(guest, asked):
    answer = guest.get(URL, headers={"Range": asked})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(DATA)}"
    assert "has no such range" in words(answer)


def test_a_range_of_a_file_that_has_changed_is_the_whole_file(guest):
    answer = guest.get(URL, headers={"Range": "bytes=0-9", "If-Range": '"another"'})
    assert (answer.status_code, len(answer.data)) == (200, len(DATA))


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
