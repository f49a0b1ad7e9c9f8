"""The user of a request, as presence is told: looked up quickly, and the same as in the account."""

from datetime import timedelta

import pytest
from flask_login import current_user

import accounts
from accounts import sessions
from app import as_present, identify
from web.db import db


def ask(site, browser, question):
    """The answer of `question` within a request of a browser."""
    with site.app.test_request_context(headers={"Cookie": cookies(browser)}):
        return question()


def cookies(browser, *names):
    jar = {cookie.key: cookie.value for cookie in browser._cookies.values()}
    return "; ".join(f"{name}={value}" for name, value in jar.items() if not names or name in names)


@pytest.mark.parametrize("username", ["ada", "margaret", "tim", "hedy"])
def test_a_glance_says_what_the_account_says(site, username):
    browser = site.browser(username)
    glanced = ask(site, browser, identify)
    assert glanced.name == username.capitalize()
    assert glanced == ask(site, browser, lambda: as_present(current_user))


def test_a_guest_has_no_identity(site):
    assert ask(site, site.browser(), identify) is None


def test_an_ended_session_has_no_identity_even_if_its_cookie_is_sent_again(site):
    browser = site.browser("ada")
    copied = cookies(browser)
    site.sign_out(browser)
    with site.app.test_request_context(headers={"Cookie": copied}):
        assert identify() is None


def test_a_session_that_is_too_old_has_no_identity(site):
    browser = site.browser("ada")
    with site.app.app_context():
        row = db.session.scalar(db.select(accounts.UserSession))
        row.created_at -= sessions.LIFETIME + timedelta(seconds=1)
        db.session.commit()
    assert ask(site, browser, identify) is None


def test_sample_users_have_no_identity_while_they_are_off(site):
    browser = site.browser("ada")
    site.app.extensions["accounts"]["samples"] = False
    assert ask(site, browser, identify) is None


def test_a_simulated_session_makes_a_simulated_person(site):
    with site.app.app_context():
        (user,) = accounts.sample_users.classmates(1)
        cookie = sessions.cookie(sessions.issue(user, simulated=True))
    with site.app.test_request_context(headers={"Cookie": cookie}):
        assert identify().role == "simulated"
