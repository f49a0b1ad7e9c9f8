"""Class codes, closed sign-up, and links for a forgotten password."""

import re
from datetime import timedelta

import pytest

from accounts import attempt_limits, class_codes
from accounts.models import find
from tests.helpers.app import Clock, load_samples, make_small_app
from tests.helpers.clients import WebClient, words


def run(site, *args):
    return site.test_cli_runner().invoke(args=args)


def code_of(site, days=7):
    return re.search(r"Class code: (\S{4}-\S{4}),", run(site, "invite", "--days", str(days)).output)[1]


@pytest.fixture
def closed(tmp_path):
    return make_small_app(tmp_path, OPEN_SIGNUP="0")


def test_a_closed_site_makes_accounts_with_a_class_code_only(closed):
    visitor = WebClient(closed)
    assert "Class code" in words(visitor.get("/signup"))
    response = visitor.sign_up()
    assert response.status_code == 422
    assert "You need a class code to create an account here." in words(response)
    response = visitor.sign_up(code="aaaa-bbbb")
    assert response.status_code == 422
    assert "That class code doesn't exist or has expired" in words(response)
    assert visitor.sign_up(code=code_of(closed)).status_code == 303


def test_an_open_site_asks_for_no_code(visitor):
    assert "Class code" not in words(visitor.get("/signup"))


@pytest.mark.parametrize("written", ["{}", " {} ", "{upper}", "{bare}"])
def test_a_code_may_be_written_as_people_write_it(closed, written):
    code = code_of(closed)
    written = written.format(code, upper=code.upper(), bare=code.replace("-", ""))
    assert WebClient(closed).sign_up(code=written).status_code == 303


def test_a_code_ends_with_its_day(closed, monkeypatch):
    code, today = code_of(closed, days=3), class_codes.today()
    monkeypatch.setattr(class_codes, "today", lambda: today + timedelta(days=3))
    assert WebClient(closed).sign_up(code=code).status_code == 303
    monkeypatch.setattr(class_codes, "today", lambda: today + timedelta(days=4))
    assert WebClient(closed).sign_up("later", code=code).status_code == 422


def test_the_link_of_the_command_fills_in_the_code(closed):
    output = run(closed, "invite", "--url", "https://learn.example/").output
    link = re.search(r"https://learn\.example(/signup\?code=\S+)", output)[1]
    page = WebClient(closed).get(link).text
    assert f'value="{link.partition("=")[2]}"' in page


def test_a_lecture_with_a_code_signs_up_behind_one_address(site):
    site.extensions["accounts"]["clock"] = Clock()
    code, burst = code_of(site), attempt_limits.LIMITS["signup"].burst
    answers = [WebClient(site).sign_up(f"learner-{n}", code=code).status_code for n in range(burst + 20)]
    assert set(answers) == {303}


def test_over_the_limit_the_form_comes_back_and_a_code_lifts_it(site):
    site.extensions["accounts"]["clock"] = Clock()
    for n in range(attempt_limits.LIMITS["signup"].burst):
        WebClient(site).sign_up(f"learner-{n}")
    late = WebClient(site)
    response = late.sign_up("the-last-one", "The Last One")
    assert (response.status_code, response.headers["Retry-After"]) == (429, "60")
    assert "Wait 60 seconds and try again. A class code from your teacher works at once." in words(response)
    assert 'value="The Last One"' in response.text
    assert late.sign_up("the-last-one", "The Last One", code=code_of(site)).status_code == 303


def test_guesses_at_codes_are_counted(closed):
    closed.extensions["accounts"]["clock"] = Clock()
    burst = attempt_limits.LIMITS["signup"].burst
    answers = [WebClient(closed).sign_up(code=f"aaaa-{n:04}").status_code for n in range(burst + 1)]
    assert answers == [422] * burst + [429]


def test_instructors_find_the_code_on_their_page_and_learners_do_not(site):
    margaret, ada = WebClient(site), WebClient(site)
    margaret.sign_in("margaret")
    ada.sign_in("ada")
    with site.app_context():
        code = class_codes.this_week()
    assert code in margaret.get("/account").text
    assert code not in ada.get("/account").text


@pytest.mark.parametrize("visibility", ["everyone", "anonymous", "hidden"])
def test_the_visibility_is_asked_at_sign_up(site, visitor, visibility):
    assert visitor.get("/signup").text.count('name="visibility"') == 3
    visitor.sign_up(visibility=visibility)
    with site.app_context():
        assert find("newcomer").visibility == visibility


def test_an_unknown_visibility_is_refused(visitor):
    assert visitor.sign_up(visibility="nobody").status_code == 422


def link_of(site, username="ada"):
    return re.search(r"(/password/\S+)", run(site, "password", username).output)[1]


def test_a_link_sets_a_new_password_once_and_signs_out_everywhere(site, ada, visitor):
    link, other = link_of(site), WebClient(site)
    assert "New password for ada" in words(other.get(link))
    response = other.post(link, link, new_password="a new password")
    assert (response.status_code, response.location) == (303, "/login")
    assert not ada.is_signed_in()
    assert WebClient(site).sign_in("ada", "a new password").status_code == 303
    assert other.get(link).status_code == 404
    assert other.post(link, "/login", new_password="another one").status_code == 404


def test_a_link_ends_when_the_password_changes_otherwise(site, ada):
    link = link_of(site)
    ada.post("/account", "/account", form="password", old_password="learn-together", new_password="a new password")
    assert ada.get(link).status_code == 404


def test_the_new_password_is_held_to_the_rules(site, visitor):
    link = link_of(site)
    assert visitor.post(link, link, new_password="password").status_code == 422
    assert visitor.post(link, link, new_password="short").status_code == 422


@pytest.mark.parametrize("token", ["x", "WzEsIngiXQ.aa.bb", "a" * 3000, "\u00e4"])
def test_a_made_up_link_is_a_page_that_says_so(visitor, token):
    response = visitor.get(f"/password/{token}")
    assert response.status_code == 404
    assert "Ask for a new one" in words(response)


def test_the_command_names_an_unknown_user(site):
    assert run(site, "password", "nobody-here").output == "Error: There is no user 'nobody-here'.\n"


def test_samples_on_a_closed_site_can_still_sign_in(closed):
    load_samples(closed)
    assert WebClient(closed).sign_in("ada").status_code == 303
