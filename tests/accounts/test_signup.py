import re
from io import BytesIO

import pytest

from accounts.models import find
from accounts.portraits import background
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


def test_the_page_asks_who_may_see_and_assumes_nothing(visitor):
    page = visitor.get("/signup").text
    radios = re.findall(r'<input[^>]*name="visibility"[^>]*>', page)
    assert all("required" in radio and "checked" not in radio for radio in radios)
    response = visitor.sign_up(faces=seed_of(page))
    assert response.status_code == 422
    assert "Choose who may see you study." in words(response)
    assert visitor.sign_up(faces=seed_of(page), visibility="hidden").status_code == 303


def test_a_portrait_can_be_chosen_and_stays_in_a_form_that_comes_back(site, visitor):
    offered = portraits_of(visitor.get("/signup").text)
    again = visitor.sign_up(faces=seed_of(visitor.get("/signup").text), avatar=offered[2], password="short")
    assert len(set(offered)) == len({background(name.removeprefix("drawn-")) for name in offered}) == 6
    again = visitor.sign_up(faces=(seed := seed_of(again.text)), avatar=(chosen := portraits_of(again.text)[2]))
    assert (again.status_code, seed_of(again.text)) == (422, seed)
    assert re.search(f'value="{chosen}" checked', again.text)
    visitor.sign_up(faces=seed, avatar=chosen, visibility="everyone")
    with site.app_context():
        url = find("newcomer").avatar
    assert url == f"/avatars/drawn/{chosen.removeprefix('drawn-')}.svg"
    assert visitor.get(url).mimetype == "image/svg+xml"
    assert f'value="{chosen}" checked' in visitor.get("/account").text


@pytest.mark.parametrize("avatar", ["own", "drawn-XYZ", "drawn-../../x", "https://evil.example/x.png"])
def test_no_other_picture_can_be_chosen(visitor, avatar):
    assert visitor.sign_up(avatar=avatar).status_code == 422


def test_a_file_in_place_of_a_portrait_is_left_out(site, visitor):
    assert visitor.sign_up(avatar=(BytesIO(b"x"), "me.png")).status_code == 303
    with site.app_context():
        assert find("newcomer").avatar == ""


def seed_of(page):
    return re.search(r'name="faces" value="(\w{8})"', page)[1]


def portraits_of(page):
    return re.findall(r'value="(drawn-\w+)"', page)
