import re
from unittest.mock import patch

import pytest

from courses.highlighting import source
from courses.source_file import SourceFile
from tests.helpers.app import write

FIRST = "web/01-basics/01-first.md"


@pytest.fixture
def render(read, content):
    """The HTML of a lesson with the given body."""

    def render(body):
        write(content / FIRST, f"---\ntitle: T\nsummary: S.\n---\n{body}\n\n## Exercise\n\nTry it.\n")
        return read().lesson("web", "basics", "first")

    return render


def test_code_is_coloured_with_classes_and_no_style(render):
    html = render('```python\nprint("<b>")\n```').html
    assert '<pre class="highlight" tabindex="0" data-language="python">' in html
    assert '<span class="nb">print</span>' in html
    assert "style=" not in html
    assert "<b>" not in html


@pytest.mark.parametrize("language", ["", "no-such-language", '"><script>'])
def test_code_of_no_known_language_is_shown_plainly(render, language):
    html = render(f"```{language}\n<b>\n```").html
    assert "&lt;b&gt;" in html
    assert "<script" not in html


def test_headings_have_anchors_that_are_there_once(render):
    lesson = render("## Rooms\n\n### Joining `a` room\n\n## Rooms\n\n## ???")
    found = [(heading.level, heading.text, heading.anchor) for heading in lesson.headings]
    assert found == [
        (2, "Rooms", "rooms"),
        (3, "Joining a room", "joining-a-room"),
        (2, "Rooms", "rooms-2"),
        (2, "???", "part"),
        (2, "Exercise", "exercise"),
    ]
    assert '<h3 id="joining-a-room">' in lesson.html


HEADINGS = [
    *(f"{'#' * level} Rooms & `a`" for level in range(2, 7)),
    "Rooms & `a`\n---",
    "> ## Rooms & `a`",
    "- ## Rooms & `a`",
    "## [Rooms](/) & `a`",
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_the_link_to_a_heading_stands_beside_it(render, heading):
    html = render(heading).html
    box = re.search(r'<div class="heading">(<h\d id="rooms-a">.*?</h\d>)(<a .*?</a>)</div>', html)
    assert box
    assert re.sub("<.*?>", "", box[1]) == "Rooms &amp; a"
    assert "anchor" not in box[1]
    assert box[2] == '<a class="anchor" href="#rooms-a" aria-label="Link to: Rooms &amp; a">#</a>'


def test_the_exercise_is_found_by_its_heading(render):
    first, second = (render(body) for body in ("## Before\n\nText.", ""))
    for lesson in (first, second):
        assert lesson.exercise_parts[0].startswith('<div class="heading"><h2 id="exercise">')
    assert "Before" in first.text_parts[0]
    assert not second.text_parts


def test_anchor_never_takes_an_id_of_the_page_around_it(render):
    assert render("## People").headings[0].anchor == "people-2"


def test_wide_table_scrolls_in_a_box_that_the_keyboard_reaches(render):
    html = render("| a | b |\n|---|---|\n| 1 | 2 |").html
    assert '<div class="table" role="group" tabindex="0"><table>' in html
    assert "</table></div>" in html


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("02-second.md", "/courses/web/basics/second"),
        ("../02-rooms/01-third.md", "/courses/web/rooms/third"),
        ("../02-rooms/01-third.md#exercise", "/courses/web/rooms/third#exercise"),
        ("#exercise", "/courses/web/basics/first#exercise"),
        ("/", "/"),
        ("/courses/web", "/courses/web"),
        ("/courses/web#rooms", "/courses/web#rooms"),
        ("/courses/web/rooms/third", "/courses/web/rooms/third"),
        ("https://flask.palletsprojects.com/", "https://flask.palletsprojects.com/"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_link_leads_to(render, link, address):
    assert f'<a href="{address}">here</a>' in render(f"[here]({link})").html


def test_link_to_a_source_file_leads_to_its_page(render, read, tmp_path):
    write(tmp_path / "pkg/part.py", "def part():\n    return '<b>'\n")
    assert '<a href="/source/pkg/part.py">' in render("See [part](file:pkg/part.py).").html
    html = read().sources["pkg/part.py"].html
    assert [f'<span id="L-{line}">' in html for line in (1, 2, 3)] == [True, True, False]
    assert "<b>" not in html


@pytest.mark.parametrize("text", ["", "\n", "a", "a\n", "\n\na\n", "a\n\n\n", "a\n\nb\n  \n"])
def test_a_source_file_has_the_lines_of_its_page(text):
    file = SourceFile("part.py", text)
    anchors = [f"L-{number}" for number in range(9)] + ["L-01", "1", "", "part"]
    assert [file.has(anchor) for anchor in anchors] == [f'id="{anchor}"' in file.html for anchor in anchors]


def test_source_is_coloured_for_its_first_reader_as_it_was_when_the_lessons_were_read(render, read, tmp_path):
    path = tmp_path / "part.py"
    write(path, "before = 1\n")
    render("See [part](file:part.py).")
    with patch("courses.source_file.source", wraps=source) as coloured:
        file = read().sources["part.py"]
        assert coloured.call_count == 0
        write(path, "after = 1\n")
        assert "before" in file.html
        assert file.html is file.html
        assert coloured.call_count == 1


def test_source_of_an_unknown_language_is_shown_plainly(render, read, tmp_path):
    write(tmp_path / "LICENSE-TEXT", "<all> rights\n")
    render("See [it](file:LICENSE-TEXT).")
    assert "&lt;all&gt; rights" in read().sources["LICENSE-TEXT"].html


def test_picture_of_the_site_is_shown(render, tmp_path):
    write(tmp_path / "static/a.svg", "<svg/>")
    assert '<img src="/static/a.svg" alt="A" />' in render("![A](/static/a.svg)").html


def test_minutes_are_at_least_one(render):
    assert render("Short.").minutes == 1
    assert render("word " * 900).minutes == 5


def test_byte_order_mark_and_windows_line_ends_are_taken(content, read):
    text = "\ufeff---\r\ntitle: T\r\nsummary: S.\r\n---\r\nText.\r\n\r\n## Exercise\r\n\r\nTry.\r\n"
    (content / FIRST).write_bytes(text.encode())
    assert read().lesson("web", "basics", "first").title == "T"
