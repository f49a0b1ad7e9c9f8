"""Names outside plain ASCII, and authors' names beside those of the page."""

import re
from collections import Counter
from pathlib import Path

import pytest

from courses import anchors
from tests.helpers.app import INDEX, LESSON, make_app, write
from tests.helpers.clients import WebClient

FIRST = "web/01-basics/01-first.md"
TOP = "---\ntitle: T\nsummary: S.\n---\n"
END = "\n\n## Exercise\n\nTry it.\n"
TEMPLATES = Path(__file__).parents[2] / "templates"
# Pages that show nothing an author wrote.
APART = ("accounts", "classroom")


@pytest.fixture
def lesson(read, content):
    def lesson(body):
        write(content / FIRST, TOP + body + END)
        return read().lesson("web", "basics", "first")

    return lesson


@pytest.mark.parametrize("heading", ["\u00c4nderung", "A\u0308nderung"])
@pytest.mark.parametrize("link", ["#%C3%A4nderung", "#\u00e4nderung", "#a\u0308nderung"])
def test_a_heading_is_found_in_every_spelling_of_its_letters(lesson, heading, link):
    found = lesson(f"[go]({link})\n\n## {heading}")
    assert found.headings[0].anchor == "\u00e4nderung"
    assert 'href="/courses/web/basics/first#%C3%A4nderung"' in found.html


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [("पाठ एक", "पाठ-एक"), ("第一课", "第一课"), ("שלום", "שלום"), ("C++ & Co.", "c-co"), ("__init__", "init")],
)
def test_the_letters_of_every_script_make_an_anchor(lesson, heading, anchor):
    assert lesson(f"## {heading}").headings[0].anchor == anchor


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("02-second.md?x=1", "/courses/web/basics/second"),
        ("./02-second.md#Exercise", None),
        ("../01-basics/02-second.md", "/courses/web/basics/second"),
        ("/courses/web/rooms/third?x=1#exercise", "/courses/web/rooms/third#exercise"),
        ("file:pkg/a%20b.py#L-2", "/source/pkg/a%20b.py#L-2"),
        ("file:pkg/a%20b.py?v=2", "/source/pkg/a%20b.py"),
        ("file:pkg/a%20b.py#L-9", None),
    ],
)
def test_a_query_and_a_fragment_belong_to_no_name(lesson, tmp_path, link, address):
    write(tmp_path / "pkg/a b.py", "one = 1\ntwo = 2\n")
    if address is None:
        with pytest.raises(ValueError, match="leads to a"):
            lesson(f"[here]({link})")
    else:
        assert f'<a href="{address}">here</a>' in lesson(f"[here]({link})").html


@pytest.mark.parametrize("place", ["web/01-basics", "web", "web/01-basics/01-first.md"])
def test_a_folder_or_file_may_be_a_symbolic_link(read, content, tmp_path, place):
    moved = tmp_path / "elsewhere" / Path(place).name
    moved.parent.mkdir()
    write(content / FIRST, TOP + "[b](02-second.md) [c](../02-rooms/01-third.md)" + END)
    (content / place).rename(moved)
    (content / place).symlink_to(moved)
    assert read().lesson("web", "basics", "first").html.count('href="/courses/web/') == 2


@pytest.mark.parametrize("name", ["._01-first.md", ".#01-first.md", ".DS_Store", "_03-draft.md"])
def test_files_of_the_system_are_skipped(read, content, name):
    (content / "web/01-basics" / name).write_bytes(b"\x00\xff")
    (content / "web" / name).write_bytes(b"\x00\xff")
    (content / "web/01-basics/.#02-second.md").symlink_to("nowhere")
    assert read().warnings == ()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("web/01-basics/03-more.MD", "the names of lessons end with .md."),
        ("web/01-basics/03-more.markdown", "the names of lessons end with .md."),
        ("web/01-basics/more/03-deep.md", "only lessons like 02-rooms.md in the folders of sections are."),
        ("web/README.md", "only lessons like 02-rooms.md in the folders of sections are."),
        ("notes.md", "it lies in no course."),
    ],
)
def test_a_markdown_file_that_is_not_read_is_told(read, content, name, why):
    write(content / name, LESSON.format(title="More"))
    assert read().warnings == (f"content/{name} is not read: {why}",)


def test_a_folder_without_markdown_holds_files(read, content):
    write(content / "images/logo.png", "x")
    write(content / "web/Pictures of mine/a.png", "x")
    assert [course.slug for course in read().courses] == ["web"]


@pytest.mark.parametrize("text", [*sorted(anchors.PAGE_IDS), "Person template", "Beside company", "fn1", "fnref1:1"])
def test_a_heading_may_be_called_like_an_id_of_the_page(lesson, text):
    [first, *_] = lesson(f"## {text}").headings
    assert not anchors.is_reserved(first.anchor)


def test_every_id_of_the_templates_is_kept_from_authors():
    files = [path for path in TEMPLATES.rglob("*.html") if path.relative_to(TEMPLATES).parts[0] not in APART]
    ids = {id_ for path in files for id_ in re.findall(r'\bid="([\w-]+)"', path.read_text())}
    assert {id_ for id_ in ids if not anchors.is_reserved(id_)} == set()


def test_no_page_of_a_course_with_such_names_has_an_id_twice(tmp_path, content):
    words = [*anchors.PAGE_IDS, "person template", "beside company", "list same lesson", "fn1", "fnref1", "basics"]
    body = "".join(f"## {word}\n\nText[^{n}].\n\n[^{n}]: Note.\n\n" for n, word in enumerate(words))
    write(content / "web/03-help/section.md", INDEX.format(title="Help"))
    write(content / "web/03-help/01-main.md", INDEX.format(title="Main") + body + END)
    write(content / "web/course.md", INDEX.format(title="The Web") + body + "\n## Rooms\n\n## Help\n\n[there](#help-2)")
    client = WebClient(make_app(tmp_path, CONTENT_DIR=str(content)))
    for url in ("/courses/web", "/courses/web/help/main"):
        ids = Counter(re.findall(r'\bid="([^"]*)"', client.get(url).text))
        assert [name for name, count in ids.items() if count > 1] == [], url
    assert client.get("/courses/web/help").location == "/courses/web#_help"
    assert 'id="_help"' in client.get("/courses/web").text


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("de", 'lang="de" dir="ltr"'), ("ar", 'lang="ar" dir="rtl"'), ("az-Arab", 'lang="az-Arab" dir="rtl"')],
)
def test_the_pages_of_a_course_are_in_its_language(tmp_path, content, lang, expected):
    write(content / "web/course.md", f"---\ntitle: T\nsummary: S.\nlang: {lang}\n---\n")
    client = WebClient(make_app(tmp_path, CONTENT_DIR=str(content)))
    for url in ("/courses/web", "/courses/web/basics/first"):
        assert f"<html {expected}>" in client.get(url).text
    assert '<html lang="en" dir="ltr">' in client.get("/").text


def test_the_exercise_is_called_what_the_course_says_or_is_none(read, content):
    top = "---\ntitle: T\nsummary: S.\n{}\n---\n"
    for path, title in ((FIRST, "\u00dcbung"), ("web/01-basics/02-second.md", "U\u0308bung")):
        write(content / path, top.format("") + f"Text.\n\n## {title}\n\nTry.\n")
    write(content / "web/02-rooms/01-third.md", top.format("exercise: none") + "Text.\n")
    write(content / "web/course.md", top.format("exercise: \u00dcbung"))
    lessons = read().course("web").lessons
    assert [lesson.exercise and lesson.exercise.anchor for lesson in lessons] == ["\u00fcbung", "\u00fcbung", None]
    write(content / "web/02-rooms/01-third.md", top.format("") + "Text.\n\n## Exercise\n")
    with pytest.raises(ValueError, match="A lesson ends with the heading `## \u00dcbung`"):
        read()


@pytest.mark.parametrize(
    ("text", "minutes"), [("字" * 2000, 4), ("かな" * 1000, 4), ("ไทย" * 500, 3), ("word " * 400 + "字" * 500, 3)]
)
def test_reading_time_counts_characters_where_words_have_no_spaces(lesson, text, minutes):
    assert lesson(text).minutes == minutes
