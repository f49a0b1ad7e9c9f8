import pytest

import accounts
from accounts.models import User, find
from tests.helpers.app import load_samples, make_small_app
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
    site = make_small_app(tmp_path)
    load_samples(site)
    WebClient(site).sign_up()
    assert samples_of(make_small_app(tmp_path, SAMPLE_USERS=setting)) == expected


def test_first_sign_up_does_not_throw_the_samples_out_of_a_running_site(site, ada):
    WebClient(site).sign_up()
    assert ada.is_signed_in()
    assert samples_of(site) == NINE


def test_sample_user_cannot_sign_in_while_off_and_the_answer_is_the_usual_one(tmp_path):
    site = make_small_app(tmp_path, SAMPLE_USERS="0")
    load_samples(site)
    visitor = WebClient(site)
    response = visitor.sign_in("ada")
    assert response.status_code == 422
    assert "That username and password do not match." in words(response)
    assert "grace" not in words(visitor.get("/login"))


def test_session_of_a_sample_user_ends_when_samples_go_off(tmp_path):
    site = make_small_app(tmp_path)
    load_samples(site)
    visitor = WebClient(site)
    visitor.sign_in("ada")
    later = WebClient(make_small_app(tmp_path, SAMPLE_USERS="0"))
    later.client.set_cookie("session", visitor.cookies()["session"].value)
    assert not later.is_signed_in()
