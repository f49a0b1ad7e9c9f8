"""Remembered macros: a fragment is the same for the same arguments, and for no others."""

import pytest
from flask import Flask
from jinja2 import Environment
from markupsafe import Markup

from web import fragments


@pytest.fixture
def greeting(monkeypatch):
    """A remembered macro, and how often it was rendered."""
    environment = Environment(autoescape=True)
    rendered = []
    environment.globals.update(memo=fragments.memo, note=lambda value: rendered.append(value) or "")
    source = "{% macro _greet(one) %}{{ note(one) }}<b>{{ one }}</b>{% endmacro %}{% set greet = memo(_greet) %}"
    return environment.from_string(source).module.greet, rendered


def test_the_same_arguments_are_rendered_once(greeting):
    greet, rendered = greeting
    assert greet({"name": "Ada", "places": ["a"]}) == greet({"name": "Ada", "places": ["a"]})
    assert len(rendered) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "Ada", "flag": "NO"}, {"name": "Ada", "flag": "SE"}),
        ({"name": "Ada", "places": ["a"]}, {"name": "Ada", "places": ["b"]}),
        ({"name": "Ada"}, {"name": "Ada", "company": {"says": "stuck here"}}),
        (1, True),
        (0, False),
        ("", None),
        ("1", 1),
    ],
)
def test_what_differs_in_anything_is_rendered_anew(greeting, one, other):
    greet, rendered = greeting
    greet(one), greet(other)
    assert rendered == [one, other]


def test_text_is_escaped_though_the_same_markup_was_shown_before(greeting):
    greet, _rendered = greeting
    assert greet(Markup("<i>")) == "<b><i></b>"
    assert greet("<i>") == "<b>&lt;i&gt;</b>"


def test_what_has_no_value_of_its_own_is_refused(greeting):
    greet, _rendered = greeting
    with pytest.raises(TypeError):
        greet({"a", "set"})


def test_the_number_of_fragments_is_bounded(greeting, monkeypatch):
    greet, rendered = greeting
    for number in range(fragments.MOST + 1):
        greet(number)
    greet(0)
    assert rendered[-1] == 0
    assert len(rendered) == fragments.MOST + 2


def test_macros_are_there_for_every_template_without_an_import(tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "shared.html").write_text("{% macro greet(one) %}<b>{{ one }}</b>{% endmacro %}")
    app = Flask(__name__, root_path=str(tmp_path))
    app.jinja_env.globals["ui"] = fragments.Macros(app, "shared.html")
    assert app.jinja_env.from_string("{{ ui.greet('Ada') }}").render() == "<b>Ada</b>"
    with pytest.raises(AttributeError):
        app.jinja_env.from_string("{{ ui.missing('Ada') }}").environment.globals["ui"].missing  # noqa: B018
