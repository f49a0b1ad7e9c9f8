"""A flag beside one's name: chosen from the list, shown with the face, and gone with it."""

import json

import pytest

from accounts.countries import COUNTRIES, emoji_of, name_of
from accounts.models import find
from tests.helpers.clients import words


def flag_of(site, username="ada"):
    with site.app_context():
        return find(username).flag


def choose(visitor, flag):
    return visitor.post("/account", "/account", form="profile", flag=flag)


def test_the_list_holds_the_249_codes_of_the_standard():
    assert len(COUNTRIES) == 249
    assert all(len(code) == 2 and code.isascii() and code.isupper() for code in COUNTRIES)
    assert all(name.strip() == name and name for name in COUNTRIES.values())


def test_names_and_drawings():
    assert (name_of("PT"), emoji_of("PT"), emoji_of("")) == ("Portugal", "\U0001f1f5\U0001f1f9", "")
    assert name_of("ZZ") == "ZZ"


def test_no_one_has_a_flag_before_choosing_one(site, ada):
    assert flag_of(site) == ""
    assert '<option selected value="">No flag</option>' in ada.get("/account").text


def test_a_chosen_flag_is_saved_and_told(site, ada, heard):
    assert choose(ada, "PT").status_code == 303
    assert flag_of(site) == "PT"
    assert [name for name, _ in heard] == ["profile_changed"]
    assert '<option selected value="PT">Portugal</option>' in ada.get("/account").text


def test_a_flag_can_be_taken_back(site, ada):
    choose(ada, "PT")
    choose(ada, "")
    assert flag_of(site) == ""


@pytest.mark.parametrize("flag", ["pt", "XX", "PRT", "P", "<b>", "🇵🇹", "PT "])
def test_a_flag_that_is_not_on_the_list_is_refused(site, ada, heard, flag):
    response = choose(ada, flag)
    assert response.status_code == 422
    assert "Choose a country from the list, or no flag." in words(response)
    assert flag_of(site) == ""
    assert heard == []


def test_a_form_without_the_field_leaves_the_flag(site, ada):
    choose(ada, "PT")
    ada.post("/account", "/account", form="profile", name="Lady Ada")
    assert flag_of(site) == "PT"


def test_ones_own_data_holds_the_flag(ada):
    choose(ada, "PT")
    assert json.loads(ada.get("/account/data").text)["account"]["flag"] == "PT"
