"""The Markdown that lessons may use: the extensions work, comments go, and nothing raw is shown without a word."""

import re

import pytest

from courses import CatalogError
from tests.helpers.app import write

FIRST = "web/01-basics/01-first.md"
TOP = "---\ntitle: T\nsummary: S.\n---\n"
END = "\n\n## Exercise\n\nTry it.\n"


@pytest.fixture
def html(read, content):
    """The HTML of a lesson with the given body."""

    def html(body):
        write(content / FIRST, TOP + body + END)
        return str(read().lesson("web", "basics", "first").html)

    return html


@pytest.mark.parametrize(
    "body",
    [
        "Before.\n\n<!-- the answer is 42 -->\n\nAfter.",
        "Before.\n<!-- the answer is 42 -->\nAfter.",
        "Before. <!-- the answer is 42 --> After.",
        "<!-- the answer\n\nis 42 -->\nBefore. After.",
        "Before.\n\n<!-- the answer is 42 --> After.",
        "- Before.\n- <!-- the answer is 42 --> After.",
        "- Before.\n\n  <!-- the answer is 42 -->\n\n  After.",
        "> Before. <!-- the answer is 42 -->\n>\n> After.",
        "| Before. | After. |\n|---|---|\n| <!-- the answer is 42 --> | b |",
        "## Before <!-- the answer is 42 -->\n\nAfter.",
        "Before. <!-- the answer\nis 42 -->\nAfter.",
    ],
)
def test_a_comment_is_dropped_wherever_it_stands(html, body):
    text = html(body)
    assert "42" not in text
    assert "<!--" not in text
    assert "--" not in re.sub("<[^>]*>", "", text)
    assert "Before" in text
    assert "After" in text


@pytest.mark.parametrize("body", ["```html\n<!-- kept -->\n```", "`<!-- kept -->`", "    <!-- kept -->"])
def test_a_comment_in_code_is_code(html, body):
    assert "kept" in html(body)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("~~gone~~", "<s>gone</s>"),
        ("See https://example.org/a?b=1.", '<a href="https://example.org/a?b=1">https://example.org/a?b=1</a>.'),
        ("Write to ada@example.org", '<a href="mailto:ada@example.org">'),
        ("- [x] done\n- [ ] open", 'aria-label="Done" checked="checked" disabled="disabled" type="checkbox"'),
        ("- [x] done\n- [ ] open", 'aria-label="To do" disabled="disabled" type="checkbox"'),
        ("Term\n: Meaning", "<dt>Term</dt>\n<dd>Meaning</dd>"),
        ("Text[^a].\n\n[^a]: The note.", '<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup>'),
        ("Text[^a].\n\n[^a]: The note.", '<a href="#fnref1" class="footnote-backref" aria-label="Back to the text">'),
        ("The root is $x^2$.", '<math xmlns="http://www.w3.org/1998/Math/MathML" display="inline">'),
        ("$$\n\\frac{a}{b}\n$$", '<div class="formula" role="group" tabindex="0"><math'),
        ("$$\n\\frac{a}{b}\n$$", "<mfrac>"),
        ("It costs $5 or $10.", "It costs $5 or $10."),
        (r"A \$ and `$x$`.", "A $ and <code>$x$</code>."),
    ],
)
def test_the_extensions(html, body, expected):
    assert expected in html(body)


def test_a_link_in_a_footnote_is_resolved(html):
    assert 'href="/courses/web/rooms/third"' in html("Text[^a].\n\n[^a]: See [there](../02-rooms/01-third.md).")


@pytest.mark.parametrize(
    ("body", "line", "problem"),
    [
        ("One.\n\nPress <kbd>A</kbd>.", 7, "HTML like <kbd> cannot be used"),
        ("One,\ntwo <b>three</b>.", 6, "HTML like <b> cannot be used"),
        ("<details>\n<summary>S</summary>\n\nText\n</details>", 5, "HTML like <details> cannot be used"),
        ("<script>alert(1)</script>", 5, "HTML like <script> cannot be used"),
        ("A <img src=x onerror=alert(1)> b", 5, "HTML like <img src=x onerror=alert(1)> cannot be used"),
        ("- a\n- b <u>c</u>", 6, "HTML like <u> cannot be used"),
        ("One.\n\n<!-- open\n\nTwo.", 7, "The comment has no end: -->."),
        ("<!-- a\n\nb --> Text", 7, "Text behind a comment of several lines must start on a new line."),
        ("Text[^1].", 5, "The footnote [^1] has no text."),
        ("Text.\n\n[^1]: Note.", 7, "The footnote [^1] has a text and no place."),
        ("One.\n\nA $\\nosuchcommand{x}$ b.", 7, "The formula '\\nosuchcommand{x}' "),
        ("$$\n\\left( a\n$$", 5, "The formula '\\left( a' cannot be read: "),
        ("$\\text{<b>x}$", 5, "The formula '\\text{<b>x}' cannot be read: "),
        ("$\\text{<script>x</script>}$", 5, "The formula '\\text{<script>x</script>}' holds HTML"),
        ("$\\href{javascript:x}{y}$", 5, "The formula "),
    ],
)
def test_what_the_dialect_does_not_know_stops_the_start_with_its_line(html, body, line, problem):
    with pytest.raises(CatalogError) as error:
        html(body)
    assert f"content/{FIRST}, line {line}: {problem}" in str(error.value)


@pytest.mark.parametrize("text", ["a < b > c", "1 <2", "&lt;kbd&gt;", "`<kbd>`", "<https://example.org/>"])
def test_what_only_looks_like_html_is_text(html, text):
    assert html(text)
