"""Each error page says what one can do next."""

import re

import pytest

from tests.helpers.app import Site
from web import errors


@pytest.fixture
def app(tmp_path):
    return Site(tmp_path).app


def steps(app, code, method="GET"):
    """The links of an error page, in their order, as a guest gets it."""
    with app.test_request_context("/nowhere", method=method):
        html = errors.body(code, "A title", "A sentence.")
    assert "A sentence." in html
    return [re.sub(r"<[^>]+>", "", link) for link in re.findall(r'<a class="button"[^>]*>.*?</a>', html)]


@pytest.mark.parametrize(
    ("code", "first"), [(401, "Sign in"), (403, "Sign in"), (429, "Try again"), (500, "Try again"), (503, "Try again")]
)
def test_the_way_out_of_an_error_comes_before_the_way_back(app, code, first):
    assert steps(app, code) == [first, "Back to the courses"]


def test_what_was_sent_is_not_sent_again_by_a_link(app):
    assert steps(app, 500, "POST") == ["Back to the courses"]


def test_a_page_that_is_missing_can_be_searched_for_and_leaves_the_focus_alone(app):
    page = app.test_client().get("/nowhere").text
    assert page.count('role="search"') == 1
    assert "autofocus" not in page


def test_a_learner_who_may_not_see_a_page_is_not_asked_to_sign_in(tmp_path):
    page = Site(tmp_path).browser("ada").get("/class")
    assert page.status_code == 403
    assert "Sign in" not in page.text.split("<main", 1)[1]
