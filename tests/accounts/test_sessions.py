"""A sign-in is a row in the database: cookies, and copies of them, are worth what the row is worth."""

from datetime import timedelta
from threading import Thread

import pytest
from flask.sessions import SecureCookieSessionInterface

import accounts
from accounts import session_account, session_tokens, sessions
from accounts.models import User, UserSession, find
from tests.helpers.clients import WebClient, token_of
from web import concurrency
from web.db import db


def copy_of(visitor, *names):
    """A second browser that someone has put the first one's cookies into."""
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
        digest = session_tokens.digest(sessions.issue(find("ada")))
        sessions.end(digest)
        sessions.end(digest)
    assert len(heard) == 1


def test_session_remembers_that_a_simulated_classmate_made_it(site):
    with site.app_context():
        token = sessions.issue(find("ada"), simulated=True)
        assert session_account.load(token).simulated is True
        assert session_account.load(token).session == session_tokens.digest(token)


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


def test_the_database_holds_no_token_that_signs_anyone_in(site, ada):
    with site.app_context():
        (digest,) = db.session.scalars(db.select(UserSession.digest))
    with ada.client.session_transaction() as session:
        token = session["_user_id"]
        session["_user_id"] = digest
    assert token != digest
    assert not ada.is_signed_in()


def test_a_user_has_at_most_fifty_sessions_and_the_oldest_go(site, ada, heard):
    with site.app_context():
        user = find("ada")
        start = sessions.now()
        rows = [
            UserSession(digest=f"old-{n}", user_id=user.id, created_at=start - timedelta(days=2, seconds=n))
            for n in range(70)
        ]
        db.session.add_all(rows)
        db.session.commit()
    WebClient(site).sign_in("ada")
    with site.app_context():
        left = set(db.session.scalars(db.select(UserSession.digest)))
    assert len(left) == sessions.MOST
    assert {f"old-{n}" for n in range(sessions.MOST - 2)} <= left
    assert ada.is_signed_in()
    assert {arguments["session"] for _, arguments in heard} == {f"old-{n}" for n in range(sessions.MOST - 2, 70)}


def during_the_hash(monkeypatch, action):
    """Do something once, while a request waits for a password to be hashed or checked."""
    offload, actions = concurrency.offload, [action]

    def busy(function, *args):
        result = offload(function, *args)
        if actions:
            # In a thread, or Flask would take it for a part of the same request.
            other = Thread(target=actions.pop())
            other.start()
            other.join()
        return result

    monkeypatch.setattr(concurrency, "offload", busy)


def change_password(visitor, new="a new password", old="learn-together"):
    return visitor.post("/account", "/account", form="password", old_password=old, new_password=new)


def test_a_sign_in_with_the_old_password_does_not_outlive_its_change(site, ada, monkeypatch):
    late = WebClient(site)
    page = token_of(late.get("/login"))
    during_the_hash(monkeypatch, lambda: change_password(ada))
    form = {"csrf_token": page, "username": "ada", "password": "learn-together"}
    assert late.client.post("/login", data=form).status_code == 422
    assert not late.is_signed_in()
    assert ada.is_signed_in()


def test_of_two_changes_of_a_password_at_once_one_counts(site, ada, monkeypatch):
    also_ada = copy_of(ada, "session")
    during_the_hash(monkeypatch, lambda: change_password(also_ada, "the first one"))
    response = change_password(ada, "the second one")
    assert response.status_code == 422
    assert "changed in another window" in response.text
    assert WebClient(site).sign_in("ada", "the first one").status_code == 303
    assert WebClient(site).sign_in("ada", "the second one").status_code == 422


@pytest.mark.parametrize("form", ["password", "delete"])
def test_a_session_that_ends_while_its_password_is_checked_changes_nothing(site, ada, monkeypatch, form):
    elsewhere = WebClient(site)
    elsewhere.sign_in("ada")
    during_the_hash(monkeypatch, lambda: elsewhere.post("/account", "/account", form="sessions", which="all"))
    fields = {"password": "learn-together", "old_password": "learn-together", "new_password": "a new password"}
    response = ada.post("/account", "/account", form=form, **fields)
    assert response.status_code == 401
    assert WebClient(site).sign_in("ada").status_code == 303


@pytest.mark.parametrize("form", ["password", "delete"])
def test_an_account_that_is_deleted_while_its_password_is_checked_is_no_fault(site, ada, monkeypatch, form):
    elsewhere = WebClient(site)
    elsewhere.sign_in("ada")
    during_the_hash(
        monkeypatch, lambda: elsewhere.post("/account", "/account", form="delete", password="learn-together")
    )
    fields = {"password": "learn-together", "old_password": "learn-together", "new_password": "a new password"}
    assert ada.post("/account", "/account", form=form, **fields).status_code == 401
    assert WebClient(site).sign_in("ada").status_code == 422


@pytest.mark.parametrize("username", ["ada", "margaret", "tim"])
def test_an_account_read_for_a_page_is_the_one_of_the_database(site, username):
    """It is read without the ORM; what is not read is loaded when it is asked for, and a change of it is saved."""
    names = [column.key for column in User.__table__.columns]
    with site.app_context():
        user = session_account.load(sessions.issue(find(username)))
        found = {name: getattr(user, name) for name in names}
        db.session.expire(user)
        assert found == {name: getattr(user, name) for name in names}
        user.name = "Someone else"
        db.session.commit()
        db.session.remove()
        changed = find(username)
        assert [changed.name, changed.revision] == ["Someone else", found["revision"] + 1]
