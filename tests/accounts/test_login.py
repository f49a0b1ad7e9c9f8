import re

import pytest

import accounts
from tests.helpers.clients import WebClient, token_of, words

NO_MATCH = "That username and password do not match."


def test_right_password_signs_in_and_leads_to_the_catalog(visitor):
    response = visitor.sign_in("ada")
    assert (response.status_code, response.location) == (303, "/")
    assert visitor.is_signed_in()


def test_username_is_taken_without_regard_to_case_and_spaces(visitor):
    assert visitor.sign_in(" Ada ").status_code == 303


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("ada", "wrong password"),
        ("ada", ""),
        ("ada", "x" * 5000),
        ("nobody-here", "learn-together"),
        ("", "learn-together"),
        ("a\x00da", "learn-together"),
        ("x" * 5000, "learn-together"),
        ("ada' or 1=1 --", "learn-together"),
    ],
)
def test_every_failure_has_the_same_answer(visitor, username, password):
    response = visitor.sign_in(username, password)
    assert response.status_code == 422
    assert NO_MATCH in words(response)
    assert not visitor.is_signed_in()


def test_failure_for_an_unknown_name_hashes_as_much_as_for_a_known_one(site, visitor, monkeypatch):
    work = []
    monkeypatch.setattr(
        "accounts.passwords.check_password_hash", lambda stored, given: work.append(stored.split("$")[0])
    )
    with site.app_context():
        accounts.sample_users.classmates(5)
    visitor.sign_in("ada", "wrong")
    visitor.sign_in("nobody-here", "wrong")
    visitor.sign_in("classmate-5", "wrong")
    assert work == ["pbkdf2:sha256:1"] * 3


def test_sign_in_without_its_token_is_refused_kindly(visitor):
    response = visitor.client.post("/login", data={"username": "ada", "password": "learn-together"})
    assert response.status_code == 400
    assert "Your browser sent no cookies with the form." in words(response)
    assert not visitor.is_signed_in()


def test_token_of_another_session_is_refused(site, visitor):
    stolen = token_of(WebClient(site).get("/login"))
    response = visitor.post("/login", username="ada", password="learn-together", csrf_token=stolen)
    assert response.status_code == 400


def test_sign_in_leads_to_the_page_that_asked_for_it(visitor):
    asked = visitor.get("/account")
    assert asked.status_code == 302
    assert asked.location == "/login?next=%2Faccount"
    assert visitor.sign_in(next="/account").location == "/account"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "evil.example",
        " //evil.example",
        "/\n/evil.example",
        "http:evil.example",
    ],
)
def test_sign_in_never_leads_to_another_site(visitor, target):
    assert visitor.sign_in(next=target).location == "/"


def test_a_signed_in_user_is_led_past_the_sign_in_page(ada):
    assert ada.get("/login?next=/account").location == "/account"
    assert ada.get("/login?next=//evil.example").location == "/"
    assert ada.get("/signup").location == "/"


def test_signing_in_as_another_ends_the_first_session(ada, heard):
    ada.post("/login", "/account", username="grace", password="learn-together")
    assert [name for name, _ in heard] == ["signed_out"]
    assert ada.is_signed_in()


def test_page_lists_the_sample_users(visitor):
    assert {"ada", "hedy"} <= set(words(visitor.get("/login")).split())


def test_the_list_does_not_tell_what_a_sample_user_has_changed(site, visitor):
    before = words(visitor.get("/login"))
    ada = WebClient(site)
    ada.sign_in("ada")
    ada.post("/account", "/account", form="profile", name="Countess", avatar="initials")
    ada.post("/account", "/account", form="presence", visibility="hidden")
    after = visitor.get("/login")
    assert words(after) == before
    assert "/static/avatars/ada.svg" in after.text


@pytest.mark.parametrize("page", ["/courses/web/basics/first", "/courses/web"])
def test_signing_in_from_a_lesson_leads_back_to_it(site, visitor, page):
    links = set(re.findall(r'href="(/login[^"]*)"', visitor.get(page).text))
    assert links == {f"/login?next={page}"}
    (link,) = links
    back = re.search(r'name="next" value="([^"]*)"', visitor.get(link).text)[1]
    assert visitor.sign_in(next=back).location == page


def test_an_account_made_from_a_lesson_leads_back_to_it_too(visitor):
    lesson = "/courses/web/basics/first"
    link = re.search(r'href="(/signup[^"]*)"', visitor.get(f"/login?next={lesson}").text)[1]
    assert link == f"/signup?next={lesson}"
    assert visitor.sign_up(next=lesson).location == lesson
    assert f'href="/login?next={lesson}"' in WebClient(visitor.site).get(link).text


def test_from_the_catalog_the_link_to_the_sign_in_page_is_short(visitor):
    assert set(re.findall(r'href="(/login[^"]*)"', visitor.get("/").text)) == {"/login"}


def test_a_form_of_before_a_sign_in_in_another_tab_leads_on(site, visitor):
    stale = token_of(visitor.get("/login"))
    visitor.sign_in()
    form = {"csrf_token": stale, "username": "ada", "password": "learn-together", "next": "/courses/web"}
    response = visitor.client.post("/login", data=form)
    assert response.status_code == 400
    assert "You're already signed in as Ada in this browser" in words(response)
    assert 'href="/courses/web">Continue</a>' in response.text


def test_a_form_of_another_sign_in_says_so_and_leads_back_to_its_page(site, visitor):
    visitor.sign_in()
    stale = token_of(visitor.get("/account"))
    visitor.post("/logout", "/account")
    visitor.sign_in("grace")
    headers = {"Referer": "http://localhost/account"}
    response = visitor.client.post("/account", data={"csrf_token": stale, "name": "Ada"}, headers=headers)
    assert response.status_code == 400
    assert "You have signed in since this page was loaded" in words(response)
    assert 'href="http://localhost/account"' in response.text


def test_signing_out_twice_is_no_error(visitor):
    visitor.sign_in()
    stale = token_of(visitor.get("/account"))
    visitor.post("/logout", "/account")
    assert visitor.client.post("/logout", data={"csrf_token": stale}).location == "/"


def test_a_limit_comes_back_in_the_form_with_what_was_typed(visitor):
    for _ in range(11):
        response = visitor.sign_in("ada", "wrong")
    assert response.status_code == 429
    assert 'value="ada"' in response.text
    assert "Wait 60 seconds and try again." in words(response)


@pytest.mark.parametrize("path", ["/login", "/signup"])
def test_a_form_that_is_cut_off_gets_its_page_and_no_traceback(visitor, caplog, path):
    form = "application/x-www-form-urlencoded"
    sent = {"data": b"username=ada", "content_type": form, "environ_overrides": {"CONTENT_LENGTH": "9000"}}
    response = visitor.client.post(path, base_url=visitor.base, **sent)
    assert response.status_code == 400
    assert "Sign in" in response.get_data(as_text=True)
    assert "Traceback" not in caplog.text
