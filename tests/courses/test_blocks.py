"""A lesson is HTML, blocks and the ends of its chapters, in the order in which its author wrote them."""

from dataclasses import dataclass

import pytest

from courses import BlockKind, CatalogError, ChapterEnd
from courses.loader import load
from tests.helpers.app import write

FIRST = "content/web/01-basics/01-first.md"
TOP = "---\ntitle: T\nsummary: S.\n---\n"
END = "\n## Exercise\n\nTry it.\n"


@dataclass(frozen=True)
class Song:
    id: str
    path: str


def parse(source):
    if "\n" not in source.text or source.text.startswith("off"):
        raise source.error("A song is not off.", 0)
    return Song(source.text.splitlines()[0], source.path.name)


SONG = BlockKind(parse, "song.html")


@pytest.fixture
def lesson(content, tmp_path):
    """The lesson web/basics/first with the given body; a fence `song` is a block."""

    def lesson(body, kind=SONG, path=FIRST):
        write(tmp_path / path, TOP + body)
        return load(content, tmp_path, {"song": kind}).lesson("web", "basics", "first")

    return lesson


def shape(lesson):
    return [part if isinstance(part, ChapterEnd) else getattr(part, "anchor", "html") for part in lesson.parts]


def test_a_block_stands_where_its_fence_stood(lesson):
    found = lesson("Before.\n\n```song\none\n```\n\nAfter." + END)
    before, block, after = found.parts[:3]
    assert before == "<p>Before.</p>\n"
    assert (block.kind, block.id, block.template, block.value.path) == ("song", "one", "song.html", "01-first.md")
    assert after.startswith("<p>After.</p>")


def test_chapters_end_before_the_next_heading_of_their_level_and_at_the_end(lesson):
    found = lesson("Intro.\n\n## One\n\n### Detail\n\n```song\na\n```\n\n## Two\n\nText." + END)
    assert shape(found) == [
        *["html", "html", "song-a", ChapterEnd("one")],
        *["html", ChapterEnd("two"), "html", ChapterEnd("exercise")],
    ]


def test_a_heading_inside_a_quotation_begins_no_chapter(lesson):
    assert shape(lesson("> ## Said\n\nText." + END)) == ["html", "html", ChapterEnd("exercise")]


def test_what_is_the_same_for_everyone_is_one_html(lesson):
    html = lesson("Before.\n\n```song\none\n```\n\n```python\nsong = 1\n```" + END).html
    assert html.startswith("<p>Before.</p>\n<pre")
    assert html.endswith("<p>Try it.</p>\n")


def test_a_link_may_name_a_block_and_no_heading_takes_its_id(lesson):
    found = lesson("[there](#song-one)\n\n## Song one\n\n```song\none\n```\n" + END)
    assert '<a href="/courses/web/basics/first#song-one">' in found.html
    assert found.headings[0].anchor == "song-one-2"


@pytest.mark.parametrize(
    ("body", "line", "problem"),
    [
        ("Text.\n\n```song\noff\n```\n", 8, "A song is not off."),
        ("```song\na\n```\n\n```song\na\n```\n", 9, "The song 'a' is there twice."),
        ("- item\n\n  ```song\n  a\n  ```\n", 7, "A song cannot stand inside a list or a quotation."),
        ("> ```song\n> a\n> ```\n", 5, "A song cannot stand inside a list or a quotation."),
    ],
)
def test_a_broken_block_is_named_with_its_line(lesson, body, line, problem):
    with pytest.raises(CatalogError) as error:
        lesson(body + END)
    assert str(error.value) == f"{FIRST}, line {line}: {problem}"


def test_a_course_page_holds_no_block(lesson):
    with pytest.raises(CatalogError) as error:
        lesson("Welcome.\n\n```song\na\n```\n", path="content/web/course.md")
    assert str(error.value) == "content/web/course.md, line 7: A song can only stand in a lesson."


def test_no_lesson_links_to_the_source_of_a_secret_block(lesson):
    with pytest.raises(CatalogError) as error:
        lesson(f"[cheat](file:{FIRST})\n\n```song\na\n```\n" + END, BlockKind(parse, "song.html", is_secret=True))
    assert "would show the right answer of a poll." in str(error.value)
    assert "source/" in lesson(f"[look](file:{FIRST})\n\n```song\na\n```\n" + END).html


@pytest.mark.parametrize(
    ("course", "own", "expected"), [("", "", True), ("off", "", False), ("off", "on", True), ("", "off", False)]
)
def test_reactions_are_switched_by_course_and_lesson(content, tmp_path, course, own, expected):
    for path, value, rest in (("content/web/course.md", course, ""), (FIRST, own, END)):
        line = f"reactions: {value}\n" if value else ""
        write(tmp_path / path, f"---\ntitle: T\nsummary: S.\n{line}---\n{rest}")
    assert load(content, tmp_path).lesson("web", "basics", "first").reactions is expected


def test_reactions_are_on_or_off(content, tmp_path):
    write(tmp_path / FIRST, f"---\ntitle: T\nsummary: S.\nreactions: maybe\n---\n{END}")
    with pytest.raises(CatalogError) as error:
        load(content, tmp_path)
    assert str(error.value) == f"{FIRST}, line 4: The reactions must be on or off, not 'maybe'."
