import pytest

from accounts.models import find
from tests.helpers.clients import WebClient, words


def test_sign_up_signs_in_and_leads_to_the_catalog(site, visitor):
    response = visitor.sign_up("New-Comer", "  Néw Comer ", "long enough")
    assert (response.status_code, response.location) == (303, "/")
    assert visitor.is_signed_in()
    with site.app_context():
        user = find("new-comer")
        assert (user.username, user.name, user.role, user.visibility) == (
            "new-comer",
            "Néw Comer",
            "learner",
            "everyone",
        )
        assert not user.is_sample
        assert "long enough" not in user.password_hash


def test_new_account_can_sign_in_elsewhere(site, visitor):
    visitor.sign_up("newcomer", password="long enough")
    assert WebClient(site).sign_in("newcomer", "long enough").status_code == 303


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"username": "ab"}, "A username has 3 to 30 characters"),
        ({"username": "x" * 31}, "A username has 3 to 30 characters"),
        ({"username": "no spaces"}, "A username has 3 to 30 characters"),
        ({"username": "ünicode"}, "A username has 3 to 30 characters"),
        ({"username": "ada"}, "The username 'ada' is taken."),
        ({"username": "ADA"}, "The username 'ada' is taken."),
        ({"name": "   "}, "A name has 1 to 80 characters."),
        ({"name": "x" * 81}, "A name has 1 to 80 characters."),
        ({"name": "a\x07b"}, "A name cannot hold line breaks"),
        ({"name": "\u202eadA"}, "A name cannot hold line breaks"),
        ({"password": "short"}, "Use 8 to 200 characters."),
        ({"password": "x" * 201}, "Use 8 to 200 characters."),
        ({"password": ""}, "Choose a password."),
    ],
)
def test_unusable_field_is_answered_with_a_sentence(visitor, fields, sentence):
    response = visitor.sign_up(**fields)
    assert response.status_code == 422
    assert sentence in words(response)
    assert not visitor.is_signed_in()


def test_missing_fields_are_answered_and_not_an_error(visitor):
    assert visitor.post("/signup", "/signup").status_code == 422


def test_name_taken_while_the_password_was_hashed_is_answered_with_a_sentence(visitor, monkeypatch):
    monkeypatch.setattr("accounts.signup.find", lambda username: None)
    response = visitor.sign_up("ada")
    assert response.status_code == 422
    assert "The username 'ada' is taken." in words(response)
