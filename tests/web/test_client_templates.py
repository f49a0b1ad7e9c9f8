"""The markup that scripts bring with them is the markup that the server writes."""

import re
from html.parser import HTMLParser

import pytest

from courses.highlighting import highlight
from presence.pages.painted import Spot
from tests.helpers.app import ROOT

SCRIPT = ROOT / "static" / "js" / "presence" / "dom" / "templates.js"
TEMPLATES = dict(re.findall(r"^  (\w+): `(.*?)`,$", SCRIPT.read_text(), re.MULTILINE | re.DOTALL))
ADA = {
    "key": "a1",
    "name": "Ada",
    "avatar": "/a.svg",
    "role": "instructor",
    "status": "active",
    "since": 0,
    "flag": "DE",
}
ASKS = {**ADA, "company": {"says": "stuck here", "place": "web/basics/first"}, "places": []}
CHANGING = {"hidden", "src", "href", "title", "data-role", "data-status", "data-heat", "data-empty"}
"""Attributes that come and go with what an element shows."""


class Shape(HTMLParser):
    """The elements of a text and the names of their attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[object] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        fixed = {name: value for name, value in attributes if name in ("class", "data-slot")}
        self.elements.append((tag, {name for name, _ in attributes} - CHANGING, fixed))

    def handle_endtag(self, tag):
        self.elements.append(tag)


def shape(html):
    return Shape(html).elements


def written(app, macro, *given):
    with app.test_request_context():
        file, name = macro.split(".")
        return str(getattr(app.jinja_env.get_template(f"macros/{file}.html").module, name)(*given))


@pytest.mark.parametrize(
    ("name", "macro", "given"),
    [
        ("avatar", "avatar.avatar", [ADA]),
        ("heads", "place_count.count", ["web/basics", Spot(2, ()), False, 3]),
        ("rest", "group.rest", [False, "+2 more", False, "and 2 more"]),
    ],
)
def test_a_template_of_the_scripts_is_what_the_server_writes(site, name, macro, given):
    assert shape(TEMPLATES[name]) == shape(written(site.app, macro, *given))


def test_a_row_is_what_the_server_writes_but_for_the_button_that_waves(site):
    row = written(site.app, "person.person", ASKS)
    waving = re.search("<button type=.button. data-wave.*?>", TEMPLATES["person"]).group()
    plain = TEMPLATES["person"].replace(waving, "<span>").replace("</button><div>", "</span><div>")
    assert shape(plain) == shape(row)


def test_each_colour_of_code_has_a_rule():
    used = set(re.findall(r'<span class="(\w+)">', highlight("class A(B):\n    x = f'{y}' + 1  # z\n", "python")))
    rules = set(re.findall(r"\.(\w+)", (ROOT / "static" / "css" / "code.css").read_text()))
    assert used
    assert used <= rules
