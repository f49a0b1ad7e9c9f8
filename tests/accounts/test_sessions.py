"""A sign-in is a row in the database: cookies, and copies of them, are worth what the row is worth."""

from datetime import timedelta

import pytest
from flask.sessions import SecureCookieSessionInterface

import accounts
from accounts import sessions
from accounts.models import User, UserSession, find
from tests.helpers.clients import WebClient, token_of
from web.db import db


def copy_of(visitor, *names):
    """A second browser that somebody has put the first one's cookies into."""
    thief = WebClient(visitor.site)
    for name in names:
        thief.client.set_cookie(name, visitor.cookies()[name].value)
    return thief


def test_sign_out_ends_the_session(ada):
    response = ada.post("/logout", "/account")
    assert (response.status_code, response.location) == (303, "/")
    assert not ada.is_signed_in()


def test_sign_out_needs_a_form_with_its_token(ada):
    assert ada.client.get("/logout").status_code == 405
    assert ada.client.post("/logout").status_code == 400
    assert ada.is_signed_in()


def test_guest_who_signs_out_is_led_to_the_catalog(visitor):
    assert visitor.post("/logout").location == "/"


def test_copied_session_cookie_works_until_the_sign_out_and_not_after(ada):
    thief = copy_of(ada, "session")
    assert thief.is_signed_in()
    ada.post("/logout", "/account")
    assert not thief.is_signed_in()


def test_remember_cookie_signs_in_a_new_browser_session(visitor):
    visitor.sign_in(remember="y")
    assert copy_of(visitor, "remember_token").is_signed_in()


def test_without_remember_there_is_no_remember_cookie(ada):
    assert ada.cookies()["remember_token"] is None


def test_remember_cookie_is_worth_nothing_after_the_sign_out(visitor):
    visitor.sign_in(remember="y")
    thief = copy_of(visitor, "remember_token")
    visitor.post("/logout", "/account")
    assert not thief.is_signed_in()
    assert visitor.cookies()["remember_token"] is None


def test_forged_session_cookie_is_a_guest(site, visitor):
    with site.app_context():
        token = sessions.issue(find("ada"))
    other = type("Other", (), {"secret_key": "guessed", "config": {"SECRET_KEY_FALLBACKS": None}})
    forged = SecureCookieSessionInterface().get_signing_serializer(other).dumps({"_user_id": token})
    for cookie in (forged, forged + "x", "rubbish", "", "e30.e30.e30", "\u00e4"):
        visitor.client.set_cookie("session", cookie)
        assert visitor.get("/").status_code == 200
        assert not visitor.is_signed_in()


@pytest.mark.parametrize("token", ["1", "ada", 1, None, ["1"], {"a": 1}, "x" * 4000])
def test_signed_cookie_with_a_token_of_no_session_is_a_guest(visitor, token):
    with visitor.client.session_transaction() as session:
        session["_user_id"] = token
    assert not visitor.is_signed_in()


def test_remember_cookie_with_a_user_id_is_a_guest(site, visitor):
    from flask_login.utils import encode_cookie

    with site.app_context():
        visitor.client.set_cookie("remember_token", encode_cookie("1"))
    assert not visitor.is_signed_in()


def test_session_older_than_its_lifetime_is_over(site, ada):
    with site.app_context():
        row = db.session.scalar(db.select(UserSession))
        row.created_at -= sessions.LIFETIME + timedelta(minutes=1)
        db.session.commit()
    assert not ada.is_signed_in()


def test_new_session_sweeps_those_of_the_user_that_are_over(site, ada):
    with site.app_context():
        row = db.session.scalar(db.select(UserSession))
        row.created_at -= sessions.LIFETIME + timedelta(minutes=1)
        db.session.commit()
    WebClient(site).sign_in("ada")
    with site.app_context():
        assert len(db.session.scalars(db.select(UserSession)).all()) == 1


def test_sign_out_is_told_after_the_row_is_gone(site, ada):
    seen = []

    def listen(app, **arguments):
        seen.append((arguments, db.session.scalar(db.select(UserSession))))

    with accounts.signed_out.connected_to(listen, site):
        ada.post("/logout", "/account")
    [(arguments, row)] = seen
    assert row is None
    assert set(arguments) == {"user_id", "session", "keep", "reason"}
    assert arguments["session"]
    assert arguments["keep"] is None
    assert arguments["reason"] == "You signed out."


def test_ending_a_session_twice_is_told_once(site, heard):
    with site.app_context():
        token = sessions.issue(find("ada"))
        sessions.end(token)
        sessions.end(token)
    assert len(heard) == 1


def test_session_remembers_that_a_simulated_classmate_made_it(site):
    with site.app_context():
        token = sessions.issue(find("ada"), simulated=True)
        assert sessions.load(token).simulated is True
        assert sessions.load(token).session == token


def test_sessions_of_a_deleted_user_go_with_it(site, ada):
    with site.app_context():
        db.session.execute(db.delete(User).where(User.username == "ada"))
        db.session.commit()
        assert db.session.scalar(db.select(UserSession)) is None
    assert not ada.is_signed_in()


def test_guest_s_form_token_does_not_survive_the_sign_in(visitor):
    before = token_of(visitor.get("/login"))
    visitor.sign_in()
    assert visitor.client.post("/logout", data={"csrf_token": before}).status_code == 400
