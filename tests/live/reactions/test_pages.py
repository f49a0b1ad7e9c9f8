"""Reactions without JavaScript: the wanted state is set, and numbers tell of no one in particular."""

import re

import pytest

from tests.live.conftest import LESSON, PLACE, words

URL = f"{LESSON}/reactions"
DAY = 86_400


def react(one, kind, on="1", at="gaps"):
    return one.post(URL, at=at, kind=kind, on=on)


def numbers(one, at="gaps"):
    """The row of a chapter: kind -> (number, pressed)."""
    row = re.search(rf'data-reactions="{at}".*?</div>', one.page(), re.S)[0]
    buttons = re.findall(r'data-kind="(\w+)" aria-pressed="(\w+)".*?data-slot="number">(\d*)<', row, re.S)
    return {kind: (int(number or 0), pressed == "true") for kind, pressed, number in buttons}


def test_a_reaction_leads_back_to_its_chapter_and_counts(reader):
    ada, grace = reader("ada"), reader("grace")
    answer = react(ada, "clap")
    assert (answer.status_code, answer.location) == (303, f"{LESSON}#gaps")
    assert numbers(ada)["clap"] == (1, True)
    assert numbers(grace)["clap"] == (1, False)
    assert numbers(grace, "opinions")["clap"] == (0, False)


def test_the_wanted_state_twice_is_once(reader):
    ada = reader("ada")
    for on in ("1", "1"):
        react(ada, "aha", on)
    assert numbers(ada)["aha"] == (1, True)
    for on in ("0", "0"):
        react(ada, "aha", on)
    assert numbers(ada)["aha"] == (0, False)


def test_a_button_says_all_three_in_one_field(reader):
    ada = reader("ada")
    assert ada.post(URL, react="love 1 gaps").status_code == 303
    assert 'value="love 0 gaps"' in ada.page()
    assert ada.post(URL, react="love 0 gaps").status_code == 303
    assert numbers(ada)["love"] == (0, False)


def test_lost_is_told_from_two_on_and_marked_in_the_contents(reader):
    ada, grace, alan = reader("ada"), reader("grace"), reader("alan")
    react(ada, "lost")
    assert numbers(grace)["lost"] == (0, False)
    assert "lost in" not in alan.page()
    react(grace, "lost")
    assert numbers(alan)["lost"] == (2, False)
    assert "2 people were lost in “Gaps”" in words(alan.page())


def test_lost_fades_after_thirty_days_and_the_others_stay(site, reader):
    ada, grace = reader("ada"), reader("grace")
    for kind in ("lost", "clap"):
        react(ada, kind)
        react(grace, kind)
    site.advance(30 * DAY - 1)
    assert numbers(ada)["lost"] == (2, True)
    site.advance(2)
    assert numbers(ada)["lost"] == (0, False)
    assert numbers(ada)["clap"] == (2, True)
    react(ada, "lost")
    react(grace, "lost")
    assert numbers(ada)["lost"] == (2, True)


@pytest.mark.parametrize("username", ["hedy", "margaret"])
def test_what_the_hidden_and_instructors_press_is_theirs_alone(reader, username):
    one, ada = reader(username), reader("ada")
    react(one, "clap")
    assert numbers(one)["clap"] == (0, True)
    assert numbers(ada)["clap"] == (0, False)
    react(one, "clap", "0")
    assert numbers(one)["clap"] == (0, False)


def test_a_counted_reaction_stays_while_its_author_is_hidden(site, reader):
    ada, grace = reader("ada"), reader("grace")
    react(ada, "clap")
    site.choose_visibility(ada.browser, "hidden")
    answer = react(ada, "clap", "0")
    assert answer.status_code == 409
    assert "it stays as it is" in answer.text
    assert numbers(grace)["clap"] == (1, False)


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"at": "nope", "kind": "clap"}, 404, "There is no part 'nope' on this lesson."),
        ({"at": "__proto__", "kind": "clap"}, 404, "There is no part '__proto__' on this lesson."),
        ({"at": "gaps", "kind": "spam"}, 422, "A reaction is clap, aha, love or lost, not 'spam'."),
        ({"at": "gaps", "kind": ""}, 422, "A reaction is clap, aha, love or lost, not ''."),
        ({"at": "gaps", "kind": "clap", "on": "maybe"}, 422, "A reaction is set on (1) or off (0)."),
    ],
)
def test_what_cannot_be_reacted_to_is_refused_with_a_sentence(reader, fields, status, sentence):
    answer = reader("ada").post(URL, **{"on": "1", **fields})
    assert answer.status_code == status
    assert sentence in words(answer.text)


def test_the_lesson_as_a_whole_can_be_reacted_to(reader):
    answer = react(reader("ada"), "clap", at="")
    assert (answer.status_code, answer.location) == (303, LESSON)


def test_a_guest_sees_numbers_and_is_asked_to_sign_in(reader):
    react(reader("ada"), "clap")
    guest = reader()
    page = guest.page()
    assert "Clap 1" in words(page)
    assert "Sign in to react" in page
    assert 'name="react"' not in page
    assert react(guest, "clap").location.startswith("/login")


def test_ones_own_data_lists_ones_reactions(reader):
    ada = reader("ada")
    react(ada, "lost")
    [reaction] = ada.browser.get("/account/data").json["reactions"]
    assert reaction.pop("reacted_at").startswith("2023-11-14T")
    assert reaction == {"lesson": PLACE, "at": "gaps", "kind": "lost", "in_the_numbers": True}


def test_deleting_an_account_leaves_its_numbers_and_drops_the_person(site, reader):
    ada, grace = reader("ada"), reader("grace")
    react(ada, "clap")
    ada.answer("liked", "states")
    assert ada.post("/account", form="delete", password="learn-together").status_code == 303
    assert numbers(grace)["clap"] == (1, False)
    assert "1 person has answered." in grace.card("liked")
    with site.app.app_context():
        from live.polls.models import PollAnswer
        from live.reactions.models import Reaction
        from web.db import db

        for table in (PollAnswer, Reaction):
            assert db.session.scalars(db.select(table.user_id)).all() == [None]
