import pytest

from accounts.models import find
from tests.helpers.app import make_small_app
from tests.helpers.clients import WebClient
from web.db import db


def run(site, *args):
    return site.test_cli_runner().invoke(args=["role", *args])


def test_a_learner_becomes_an_instructor_and_a_learner_again(site):
    WebClient(site).sign_up("newcomer")
    assert run(site, "newcomer", "instructor").output.startswith("newcomer is an instructor now.")
    with site.app_context():
        assert find("newcomer").role == "instructor"
    assert run(site, "newcomer", "learner").output.startswith("newcomer is a learner now.")
    assert run(site, "Newcomer", "learner").output == "newcomer is a learner already; nothing to do.\n"


def test_a_new_role_counts_as_a_change_of_the_user(site):
    with site.app_context():
        before = find("ada").revision
    run(site, "ada", "instructor")
    with site.app_context():
        db.session.expire_all()
        assert find("ada").revision == before + 1


@pytest.mark.parametrize(
    ("args", "said"),
    [(["nobody", "instructor"], "There is no user 'nobody'."), (["ada", "owner"], "'owner' is not one of")],
)
def test_what_cannot_be_done_is_said(site, args, said):
    result = run(site, *args)
    assert result.exit_code != 0
    assert said in result.output


def test_without_tables_the_command_names_the_one_that_makes_them(tmp_path):
    result = run(make_small_app(tmp_path, tables=False), "ada", "instructor")
    assert result.exit_code == 1
    assert "flask init-db" in result.output
