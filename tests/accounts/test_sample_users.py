import pytest

import accounts
from accounts import sessions
from accounts.models import User, UserSession, find
from tests.helpers.app import load_samples, make_sample_app, make_small_app
from tests.helpers.clients import WebClient, words
from web.db import db

NINE = ["ada", "grace", "alan", "katherine", "dennis", "barbara", "margaret", "tim", "hedy"]


def run(site, *args):
    return site.test_cli_runner().invoke(args=args)


def samples_of(site):
    with site.app_context():
        return [user.username for user in accounts.sample_users.listed()]


def test_nine_sample_users_with_their_roles_and_visibilities(site):
    with site.app_context():
        users = {user.username: user for user in db.session.scalars(db.select(User))}
        assert list(users) == NINE
        assert [name for name, user in users.items() if user.role == "instructor"] == ["margaret"]
        hiding = {name: user.visibility for name, user in users.items() if user.visibility != "everyone"}
        assert hiding == {"tim": "anonymous", "hedy": "hidden"}
        assert users["ada"].name == "Ada"
        assert users["ada"].avatar == "/static/avatars/ada.svg"


def test_command_says_what_it_did_and_may_run_twice(tmp_path):
    site = make_small_app(tmp_path)
    assert run(site, "sample-users").output.startswith("Added ada, grace,")
    assert run(site, "sample-users").output == "The sample users are there already; nothing to do.\n"


def test_command_without_tables_names_the_command_that_makes_them(tmp_path):
    result = run(make_small_app(tmp_path, tables=False), "sample-users")
    assert result.exit_code == 1
    assert "flask init-db" in result.output


def test_loading_leaves_an_account_of_that_name_alone(tmp_path):
    site = make_small_app(tmp_path)
    WebClient(site).sign_up("ada", "Somebody Else")
    load_samples(site)
    with site.app_context():
        assert find("ada").name == "Somebody Else"
        assert not find("ada").is_sample


@pytest.mark.parametrize(("setting", "expected"), [("1", NINE), ("0", []), (None, [])])
def test_samples_are_off_once_others_have_accounts_unless_the_setting_says_so(tmp_path, setting, expected):
    site = make_sample_app(tmp_path)
    WebClient(site).sign_up()
    assert samples_of(make_small_app(tmp_path, SAMPLE_USERS=setting)) == expected


def test_the_first_sign_up_ends_sign_ins_and_leaves_those_who_are_signed_in(site, ada):
    WebClient(site).sign_up()
    assert ada.is_signed_in()
    assert samples_of(site) == []
    assert WebClient(site).sign_in("grace").status_code == 422


def test_after_a_restart_a_sample_user_is_told_once_why_they_are_signed_out(site, visitor):
    visitor.sign_in("ada", remember="y")
    WebClient(site).sign_up()
    site.extensions["accounts"]["samples"] = None
    assert "The sample users are switched off" in words(visitor.get("/"))
    assert "The sample users are switched off" not in words(visitor.get("/"))
    assert not visitor.is_signed_in()


def test_the_last_account_that_goes_does_not_bring_the_instructor_back(site):
    margaret = WebClient(site)
    margaret.sign_in("margaret")
    owner = WebClient(site)
    owner.sign_up()
    owner.post("/account", "/account", form="delete", password="long enough")
    assert WebClient(site).sign_in("margaret").status_code == 422
    assert not margaret.is_signed_in()
    assert samples_of(site) == []
    load_samples(site)
    assert WebClient(site).sign_in("margaret").status_code == 422


def test_the_operator_can_bring_them_back(site):
    owner = WebClient(site)
    owner.sign_up()
    owner.post("/account", "/account", form="delete", password="long enough")
    run(site, "sample-users")
    assert WebClient(site).sign_in("margaret").status_code == 303


def test_a_sample_user_who_deletes_the_account_ends_no_other(site, ada):
    ada.post("/account", "/account", form="delete", password="learn-together")
    assert WebClient(site).sign_in("grace").status_code == 303


def test_a_simulated_classmate_gives_way_to_a_person(site, heard):
    with site.app_context():
        (alan,) = accounts.sample_users.classmates(1)
        sessions.issue(alan, simulated=True)
    person = WebClient(site)
    person.sign_in("alan")
    assert len(heard) == 1
    with site.app_context():
        assert [row.simulated for row in db.session.scalars(db.select(UserSession))] == [False]
        assert [user.username for user in accounts.sample_users.classmates(5)][:4] == [
            "katherine",
            "dennis",
            "barbara",
            "classmate-5",
        ]


def test_sample_user_cannot_sign_in_while_off_and_the_answer_is_the_usual_one(tmp_path):
    site = make_sample_app(tmp_path, SAMPLE_USERS="0")
    visitor = WebClient(site)
    response = visitor.sign_in("ada")
    assert response.status_code == 422
    assert "That username and password do not match." in words(response)
    assert "grace" not in words(visitor.get("/login"))


def test_session_of_a_sample_user_ends_when_samples_go_off(tmp_path):
    site = make_sample_app(tmp_path)
    visitor = WebClient(site)
    visitor.sign_in("ada")
    later = WebClient(make_small_app(tmp_path, SAMPLE_USERS="0"))
    later.client.set_cookie("session", visitor.cookies()["session"].value)
    assert not later.is_signed_in()
