import pytest

from accounts.models import find
from tests.helpers.clients import WebClient, words


def alias_of(site, username):
    with site.app_context():
        return find(username).alias


def test_guest_is_asked_to_sign_in(visitor):
    assert visitor.get("/account").location.startswith("/login")
    assert visitor.post("/account", form="profile", name="X").location.startswith("/login")


def test_new_name_is_saved_and_told(ada, heard):
    response = ada.post("/account", "/account", form="profile", name="  Ada L. ")
    assert (response.status_code, response.location) == (303, "/account")
    assert heard == [("profile_changed", {"name": "Ada L.", "visibility": "everyone"})]
    assert 'value="Ada L."' in ada.get("/account").text


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\x00b", "a\u2028b", "\u200b\u200d"])
def test_unusable_name_is_refused_and_not_told(ada, heard, name):
    response = ada.post("/account", "/account", form="profile", name=name)
    assert response.status_code == 422
    assert "A name" in words(response)
    assert heard == []


def test_visibility_is_saved_and_told(ada, heard):
    assert ada.post("/account", "/account", form="presence", visibility="hidden").status_code == 303
    assert heard == [("profile_changed", {"name": "Ada", "visibility": "hidden"})]


@pytest.mark.parametrize("visibility", ["", "nobody", "Everyone", "everyone "])
def test_unknown_visibility_is_refused(ada, heard, visibility):
    response = ada.post("/account", "/account", form="presence", visibility=visibility)
    assert response.status_code == 422
    assert "Choose everyone, anonymous or hidden." in words(response)
    assert heard == []


def test_alias_changes_when_a_user_becomes_less_visible_and_only_then(site, ada):
    aliases = [alias_of(site, "ada")]
    for visibility in ("everyone", "hidden", "anonymous", "everyone", "anonymous"):
        ada.post("/account", "/account", form="presence", visibility=visibility)
        aliases.append(alias_of(site, "ada"))
    start, same, hidden, anonymous, back, again = aliases
    assert start == same
    # No one is joined to their past as a number either.
    assert anonymous == back
    assert len({start, hidden, anonymous, again}) == 4


@pytest.mark.parametrize("fields", [{"name": "Lady Ada"}, {"visibility": "anonymous"}])
def test_form_may_leave_out_its_name_when_its_field_is_clear(ada, heard, fields):
    assert ada.post("/account", "/account", **fields).status_code == 303
    assert len(heard) == 1


@pytest.mark.parametrize("fields", [{}, {"form": "hat"}, {"name": "A", "visibility": "hidden"}])
def test_form_that_cannot_be_told_is_refused(ada, fields):
    response = ada.post("/account", "/account", **fields)
    assert response.status_code == 400
    assert "An account form names itself: profile, presence," in words(response)


def test_new_password_needs_the_old_one(site, ada, heard):
    fields = {"form": "password", "old_password": "wrong", "new_password": "a new password"}
    response = ada.post("/account", "/account", **fields)
    assert response.status_code == 422
    assert "That is not your current password." in words(response)
    assert WebClient(site).sign_in("ada").status_code == 303
    assert heard == []


def test_new_password_must_be_long_enough(ada):
    fields = {"form": "password", "old_password": "learn-together", "new_password": "short"}
    response = ada.post("/account", "/account", **fields)
    assert response.status_code == 422
    assert "8 to 200 characters" in words(response)


def test_new_password_signs_out_all_other_sessions_and_keeps_this_one(site, ada, heard):
    elsewhere = WebClient(site)
    elsewhere.sign_in("ada", remember="y")
    other_user = WebClient(site)
    other_user.sign_in("grace")
    fields = {"form": "password", "old_password": "learn-together", "new_password": "a new password"}
    assert ada.post("/account", "/account", **fields).status_code == 303
    assert ada.is_signed_in()
    assert not elsewhere.is_signed_in()
    assert other_user.is_signed_in()
    [(name, arguments)] = heard
    assert (name, arguments["session"]) == ("signed_out", None)
    assert arguments["keep"]
    assert WebClient(site).sign_in("ada").status_code == 422
    assert WebClient(site).sign_in("ada", "a new password").status_code == 303


def test_refused_form_leaves_the_other_forms_as_stored(ada):
    response = ada.post("/account", "/account", form="presence", visibility="nobody", name="Not this")
    assert "Not this" not in response.text
    assert 'value="Ada"' in response.text
