import pytest
from werkzeug.security import generate_password_hash

from accounts import common_passwords, passwords
from accounts.models import find
from tests.helpers.clients import WebClient, words


def test_hash_is_that_of_a_library_and_slow_unless_a_test_says_otherwise(site):
    site.config.pop("PASSWORD_METHOD")
    with site.app_context():
        assert passwords.hash_password("long enough").startswith("scrypt:")


def test_no_user_matches_no_password_with_the_same_work(site):
    site.config["PASSWORD_METHOD"] = "scrypt"
    stored = generate_password_hash("x", "scrypt")
    with site.app_context():
        assert passwords.verify(None, "none") is None
        assert passwords.verify(type("User", (), {"password_hash": stored}), "x") == stored


def test_hashing_inside_a_transaction_is_refused(site):
    with site.app_context():
        find("ada").name = "Changed"
        with pytest.raises(RuntimeError, match="before changing rows"):
            passwords.hash_password("long enough")


@pytest.mark.parametrize(
    "password",
    ["password", "Password1", "PASSWORD123!", "        ", "11111111", "12345678", "87654321", "abcdefgh", "qwertyuiop"]
    + ["abcabcabc", "12121212", "learn-together", "letmein2026", "\u2003" * 9, "p a s s w o r d", "ｐａｓｓｗｏｒｄ"],
)
def test_the_commonest_passwords_are_refused(visitor, password):
    response = visitor.sign_up(password=password)
    assert response.status_code == 422
    assert "one of the first passwords anyone would guess" in words(response)


@pytest.mark.parametrize(
    "password", ["long enough", "tr4verse the delta", "zufall-und-wiese", "пароль длинный", "🌊🐢🌵🍋🎷🛰🧭🪁"]
)
def test_others_are_taken(password):
    assert not common_passwords.includes(password)


def test_the_new_password_of_an_account_is_held_to_it_too(ada):
    fields = {"form": "password", "old_password": "learn-together", "new_password": "password"}
    assert ada.post("/account", "/account", **fields).status_code == 422


COMPOSED, DECOMPOSED = "p\u00e4ssw\u00f6rd-\u00e9", "pa\u0308sswo\u0308rd-e\u0301"


@pytest.mark.parametrize(
    ("made", "typed"), [(COMPOSED, DECOMPOSED), (DECOMPOSED, COMPOSED), ("ﬁnal exam", "final exam")]
)
def test_a_password_is_the_same_from_every_keyboard(site, visitor, made, typed):
    visitor.sign_up("newcomer", password=made)
    for password in (made, typed):
        assert WebClient(site).sign_in("newcomer", password).status_code == 303
    assert WebClient(site).sign_in("newcomer", made + "e").status_code == 422


@pytest.mark.parametrize("made", [COMPOSED, DECOMPOSED])
@pytest.mark.parametrize("typed", [COMPOSED, DECOMPOSED])
def test_a_hash_of_before_still_matches(site, made, typed):
    with site.app_context():
        stored = generate_password_hash(made, "pbkdf2:sha256:1")
        assert passwords.verify(type("User", (), {"password_hash": stored}), typed) == stored
