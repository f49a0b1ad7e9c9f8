"""Symbolic links beside lessons: they may lead to other files of the content, and out of it to nothing."""

import pytest

from courses import CatalogError
from courses.blocks import BlockKind
from courses.loader import load
from live.watching.block import Parser
from tests.helpers.app import INDEX, make_content, make_small_app, write
from tests.helpers.clients import WebClient

SECTION = "web/01-basics"
VIDEO = "```video\nid: a\nsrc: link.webm\ntitle: A\nlength: 9\ncaptions: a.en.vtt\n```"
OUTSIDE = "The file 'link.{}' is a link that leads out of the course."


@pytest.fixture
def read(tmp_path):
    """Reads the catalog with some text in the first lesson."""
    content = make_content(tmp_path / "content")

    def read(text):
        write(content / SECTION / "01-first.md", INDEX.format(title="T") + f"{text}\n\n## Exercise\n\nTry it.\n")
        return load(content, tmp_path / "content", {"video": BlockKind(Parser(()).parse, "video.html")})

    return read


@pytest.fixture
def link(tmp_path):
    """Makes a link in the first section that leads to a path below the folder of the test."""

    def link(name, target):
        (tmp_path / "content" / SECTION / name).symlink_to(tmp_path / target)

    return link


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("link.png", "![A](link.png)", OUTSIDE.format("png")),
        ("link.txt", "[A](link.txt)", "The link 'link.txt' leads nowhere."),
        ("link.webm", VIDEO, OUTSIDE.format("webm")),
        ("link.py", f"[A](file:{SECTION}/link.py)", "must name a source file of this repository."),
    ],
)
@pytest.mark.parametrize("target", ["outside", "content/.git/config", "content/instance/key", "folder/file"])
def test_a_file_that_is_really_elsewhere_stops_the_start(read, link, tmp_path, name, text, problem, target):
    for file in ("outside", "content/.git/config", "content/instance/key", f"content/{SECTION}/a.en.vtt", "real/file"):
        write(tmp_path / file, "secret")
    (tmp_path / "folder").symlink_to(tmp_path / "real")
    link(name, target)
    with pytest.raises(CatalogError) as error:
        read(text)
    assert problem in str(error.value)
    assert str(error.value).startswith(f"{SECTION}/01-first.md, line 5: ")


@pytest.mark.parametrize("text", ["![A](media/a.png)", "[A](media/a.png)", f"[A](file:{SECTION}/media/a.png)"])
def test_a_folder_that_is_really_elsewhere_stops_the_start(read, link, tmp_path, text):
    write(tmp_path / "outside/a.png", "secret")
    link("media", "outside")
    with pytest.raises(CatalogError):
        read(text)


@pytest.mark.parametrize("text", ["[A](link.txt)", "[A](link.md)", f"[A](file:{SECTION}/link.txt)"])
def test_links_in_a_circle_stop_the_start_with_a_sentence(read, link, text):
    for name in ("link.txt", "link.md"):
        link(name, f"content/{SECTION}/{name}")
    with pytest.raises(CatalogError):
        read(text)


def test_a_lesson_is_not_offered_as_a_handout_under_another_name(read, link):
    link("link.txt", f"content/{SECTION}/02-second.md")
    with pytest.raises(CatalogError):
        read("[A](link.txt)")


def test_a_link_to_another_file_of_the_content_is_followed(read, link, tmp_path):
    write(tmp_path / "content/shared/a.txt", "one = 1\n")
    link("link.txt", "content/shared/a.txt")
    catalog = read(f"[A](link.txt) [B](file:{SECTION}/link.txt)")
    assert catalog.media["web/basics/link.txt"].read_text() == "one = 1\n"
    assert list(catalog.sources) == [f"{SECTION}/link.txt"]


@pytest.mark.parametrize("place", ["web", SECTION])
def test_files_of_a_course_or_section_that_is_a_link_are_served(read, tmp_path, place):
    write(tmp_path / "content" / SECTION / "a.txt", "one = 1\n")
    (tmp_path / "content" / place).rename(tmp_path / "moved")
    (tmp_path / "content" / place).symlink_to(tmp_path / "moved")
    assert list(read(f"[A](a.txt) [B](file:{SECTION}/a.txt)").media) == ["web/basics/a.txt"]


def test_a_file_that_has_become_a_link_is_served_no_more(read, tmp_path):
    file = tmp_path / "content" / SECTION / "a.txt"
    write(file, "open")
    read("[A](a.txt)")
    guest = WebClient(make_small_app(tmp_path / "app", CONTENT_DIR=str(tmp_path / "content")))
    assert guest.get("/media/web/basics/a.txt").text == "open"
    write(tmp_path / "outside", "secret")
    file.unlink()
    file.symlink_to(tmp_path / "outside")
    assert guest.get("/media/web/basics/a.txt").status_code == 404
