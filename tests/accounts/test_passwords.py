import pytest
from werkzeug.security import generate_password_hash

from accounts import passwords
from accounts.models import find


def test_hash_is_that_of_a_library_and_slow_unless_a_test_says_otherwise(site):
    site.config.pop("PASSWORD_METHOD")
    with site.app_context():
        assert passwords.hash_password("long enough").startswith("scrypt:")


def test_no_user_matches_no_password_with_the_same_work(site):
    site.config["PASSWORD_METHOD"] = "scrypt"
    stored = generate_password_hash("x", "scrypt")
    with site.app_context():
        assert passwords.verify(None, "none") is False
        assert passwords.verify(type("User", (), {"password_hash": stored}), "x") is True


def test_hashing_inside_a_transaction_is_refused(site):
    with site.app_context():
        find("ada").name = "Changed"
        with pytest.raises(RuntimeError, match="before changing rows"):
            passwords.hash_password("long enough")
