"""Templates are compiled before a page needs them."""

import pytest

from tests.helpers.app import make_app
from web import template_cache


@pytest.fixture
def app(tmp_path):
    return make_app(tmp_path)


def test_no_page_waits_for_a_template_to_be_compiled(app, monkeypatch):
    template_cache.fill(app, sleep=lambda seconds: None)
    monkeypatch.setattr(app.jinja_env, "compile", lambda *source: pytest.fail("compiled for a page"))
    for path in ("/", "/login", "/courses/company", "/courses/company/keeping/recall"):
        assert app.test_client().get(path).status_code == 200


def test_a_template_with_a_fault_does_not_keep_the_others_from_being_compiled(app, monkeypatch):
    compiled, whole = [], app.jinja_env.get_template
    monkeypatch.setattr(app.jinja_env, "list_templates", lambda: ["no such.html", "base.html"])
    monkeypatch.setattr(app.jinja_env, "get_template", lambda name: compiled.append(whole(name)))
    template_cache.fill(app, sleep=lambda seconds: None)
    assert [template.name for template in compiled] == ["base.html"]
