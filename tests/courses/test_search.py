"""The search finds chapters by every word, in any spelling, and marks what it found."""

import pytest

from courses import Index
from courses.loader import load
from tests.helpers.app import make_app, make_content, write
from tests.helpers.clients import WebClient, words

FIRST = "web/01-basics/01-first.md"
TOP = "---\ntitle: {title}\nsummary: {summary}\n---\n"
END = "\n\n## Exercise\n\nTry it.\n"


@pytest.fixture
def find(tmp_path):
    """`find(query, body)` gives (lesson title, heading, url) of the results."""

    def find(query, body="", title="First steps", summary="S."):
        content = make_content(tmp_path / "lessons")
        write(content / FIRST, TOP.format(title=title, summary=summary) + body + END)
        results = Index.of(load(content, tmp_path)).find(query)
        return [(result.entry.lesson.title, result.entry.heading, result.entry.url) for result in results]

    return find


def test_a_result_leads_to_the_chapter(find):
    body = "Before.\n\n## A trap\n\nRooms have names.\n\n## After\n\nNothing."
    assert find("names", body) == [("First steps", "A trap", "/courses/web/basics/first#a-trap")]


def test_every_word_must_occur_and_their_order_is_free(find):
    body = "## One\n\nGreen apples.\n\n## Two\n\nGreen pears."
    assert [heading for _, heading, _ in find("apples green", body)] == ["One"]
    assert find("apples pears", body) == []


def test_a_title_counts_more_than_a_heading_and_that_more_than_the_text(find):
    body = "Text.\n\n## Rooms\n\nText.\n\n## Other\n\nrooms"
    assert [heading for _, heading, _ in find("rooms", body)][:2] == ["Rooms", "Other"]
    assert find("third", "third")[0][0] == "Third steps"


def test_the_beginning_of_a_word_counts_more_than_its_inside(find):
    body = "## A\n\nbathrooms\n\n## B\n\nroomy"
    assert [heading for _, heading, _ in find("room", body)] == ["B", "A"]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("anderung", "Die \u00c4nderung."),
        ("\u00c4NDERUNG", "Die A\u0308nderung."),
        ("strasse", "Die Stra\u00dfe."),
        ("房间", "每个房间都有名字。"),
        ("cafe\u0301", "The caf\u00e9."),
        ("ﬁnd", "To find."),
    ],
)
def test_letters_compare_without_case_and_accents(find, query, text):
    assert [heading for _, heading, _ in find(query, f"## Here\n\n{text}")] == ["Here"]


def test_a_summary_and_code_are_found_and_a_comment_is_not(find):
    assert find("lamplight", summary="About lamplight.")
    assert find("def_rooms", "```python\ndef_rooms()\n```")
    assert find("secret", "<!-- secret -->") == []


def test_the_links_beside_headings_are_not_text(find):
    assert find("#", "## One\n\nText.\n\n#### [Two](/)\n\nText.") == []
    assert find("text", "## [One](/)\n\nText.")


@pytest.mark.parametrize("query", ["", "   ", '"', "nothingofthekind", "x" * 5000])
def test_nothing_is_found_without_a_word_that_occurs(find, query):
    assert find(query, "Text.") == []


@pytest.fixture
def guest(tmp_path):
    content = make_content(tmp_path / "lessons")
    write(
        content / FIRST, TOP.format(title="A < B", summary="S.") + "Stra\u00dfe & <https://a.example/> &lt;b&gt;" + END
    )
    return WebClient(make_app(tmp_path, CONTENT_DIR=str(content)))


def test_the_page_works_without_a_script(guest):
    page = guest.get("/search?q=strasse")
    assert "<mark>Stra\u00dfe</mark> &amp; https://a.example/ &lt;b&gt;" in page.text
    assert 'href="/courses/web/basics/first"' in page.text
    assert 'value="strasse"' in page.text
    assert "1 result for \u201cstrasse\u201d" in words(page)


def test_the_results_alone_are_what_the_box_fetches(guest):
    part = guest.get("/search?part=results&q=strasse").text
    assert "<html" not in part
    assert "<mark>" in part


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", "%3Ci%3E", "a%00b", "%ff"])
def test_what_was_typed_is_only_text(guest, query):
    page = guest.get(f"/search?q={query}")
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "Nothing found" in words(page)


def test_a_reload_is_searched_at_once(guest, tmp_path):
    write(tmp_path / "lessons" / FIRST, TOP.format(title="T", summary="S.") + "Brandnew." + END)
    guest.site.extensions["course_reloader"].reload()
    assert "1 result" in words(guest.get("/search?q=brandnew"))


def test_a_page_that_repeats_what_a_link_says_is_not_packed_for_users(tmp_path):
    from tests.helpers.app import Site

    both = {"Accept-Encoding": "gzip, br"}
    site = Site(tmp_path)
    assert "Content-Encoding" not in site.browser("ada").get("/search?q=rooms", headers=both).headers
    assert "Content-Encoding" in site.browser().get("/search?q=rooms", headers=both).headers
