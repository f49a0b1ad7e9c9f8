"""The indentation of templates stays out of pages."""

from jinja2 import Environment

from web.indentation import WithoutIndentation

TEMPLATE = "<ul>\n  {% for one in ones %}\n    <li>a  b</li>\n  {% endfor %}\n</ul>\n{{ text }}"


def test_lines_begin_at_the_left_and_stay_lines():
    template = Environment(extensions=[WithoutIndentation]).from_string(TEMPLATE)
    assert template.render(ones=[1], text="  kept") == "<ul>\n\n<li>a  b</li>\n\n</ul>\n  kept"


def test_no_page_has_the_indentation(site):
    lines = site.browser().get("/login").text.splitlines()
    assert not [line for line in lines if line.startswith((" ", "\t"))]
