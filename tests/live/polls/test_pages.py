"""A poll without JavaScript: what is shown before and after answering, and what each mistake is answered with."""

import pytest

from tests.live.conftest import LESSON, POLLS, words

RIGHT = "Right. 2 of 4 chose the same."
EXPLANATION = "It belongs to a state that the page does not have."


def test_before_answering_a_card_has_the_question_and_how_many_have_answered(reader):
    card = reader("ada").card()
    assert "A page has missed one diff." in card
    assert "No one has answered yet." in card
    assert "Answer" in card


def test_an_answer_leads_back_to_its_card(reader):
    answer = reader("ada").answer("after-a-gap", "2")
    assert (answer.status_code, answer.location) == (303, f"{LESSON}#poll-after-a-gap")


def test_after_answering_the_card_has_verdict_explanation_and_bars(readers):
    for one, option in zip(readers, "2213", strict=True):
        assert one.answer("after-a-gap", option).status_code == 303
    card = readers[0].card()
    assert RIGHT in card
    assert EXPLANATION in card
    assert "2 of 4, 50 %" in card
    assert "4 people have answered." in card
    assert "your answer" in card
    assert "Not this one. 1 of 4 chose the same." in readers[2].card()


def test_fewer_than_three_answers_show_no_numbers(readers):
    readers[0].answer("after-a-gap", "2")
    readers[1].answer("after-a-gap", "1")
    card = readers[0].card()
    assert "Right. Results show once there are 3 answers." in card
    assert " %" not in card


def test_the_odd_answer_waits_and_its_author_is_told(readers):
    for one in readers[:3]:
        one.answer("after-a-gap", "2")
    assert "2 of 2, 100 %" in readers[0].card()
    assert "Your answer will be counted together with the next one." in readers[2].card()
    assert "counts with the next one" not in readers[0].card()


@pytest.mark.parametrize("username", ["hedy", "margaret"])
def test_what_the_hidden_and_instructors_answer_is_theirs_alone(reader, username):
    one, ada = reader(username), reader("ada")
    before = ada.card()
    assert one.answer("after-a-gap", "2").status_code == 303
    assert ada.card() == before
    card = one.card()
    assert EXPLANATION in card
    assert "No one has answered yet." in card
    assert ("Only you see your answer, because you're hidden." in card) is (username == "hedy")
    assert ("You're an instructor, so your answer isn't counted." in card) is (username == "margaret")


def test_a_choice_to_be_seen_later_moves_no_number(site, reader):
    hedy, ada = reader("hedy"), reader("ada")
    hedy.answer("liked", "diffs")
    ada.answer("liked", "states")
    before = ada.card("liked")
    site.choose_visibility(hedy.browser, "everyone")
    site.choose_visibility(ada.browser, "hidden")
    assert ada.card("liked").replace("Only you see your answer, because you're hidden.", "").strip() == before


def test_a_counted_answer_stays_while_its_author_is_hidden(site, reader):
    ada = reader("ada")
    ada.answer("liked", "states")
    site.choose_visibility(ada.browser, "hidden")
    refused = ada.answer("liked", "diffs")
    assert refused.status_code == 409
    assert "this answer is already counted" in refused.text


@pytest.mark.parametrize(
    ("poll", "option", "status", "sentence"),
    [
        ("nope", "1", 404, "There is no poll 'nope' on this lesson."),
        ("__proto__", "1", 404, "There is no poll '__proto__' on this lesson."),
        ("after-a-gap", None, 422, "Choose one of the answers."),
        ("after-a-gap", "", 422, "Choose one of the answers."),
        ("after-a-gap", "9", 422, "The poll 'after-a-gap' has no answer '9'."),
        ("after-a-gap", "__proto__", 422, "The poll 'after-a-gap' has no answer '__proto__'."),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_sentence(reader, poll, option, status, sentence):
    answer = reader("ada").answer(poll, option)
    assert answer.status_code == status
    assert sentence in words(answer.text)


def test_an_option_of_five_kilobytes_is_refused(reader):
    answer = reader("ada").answer("after-a-gap", "x" * 5000)
    assert answer.status_code == 422
    assert len(answer.text) < 40_000


def test_a_second_answer_is_refused(reader):
    ada = reader("ada")
    ada.answer("after-a-gap", "1")
    answer = ada.answer("after-a-gap", "2")
    assert answer.status_code == 409
    assert "already answered." in answer.text
    assert "Not this one." in ada.card()


@pytest.mark.parametrize("poll", ["liked", "kept-back"])
def test_an_answer_that_followed_no_numbers_may_be_changed(reader, poll):
    ada = reader("ada")
    options = ("states", "diffs") if poll == "liked" else ("1", "2")
    for option in options:
        assert ada.answer(poll, option).status_code == 303
    assert "1 person has answered." in ada.card(poll)


def test_a_guest_sees_the_question_and_is_asked_to_sign_in(reader):
    guest = reader()
    assert "Sign in to answer" in guest.card()
    assert "radio" not in guest.browser.get(f"{POLLS}/after-a-gap").text
    answer = guest.answer("after-a-gap", "2")
    assert answer.status_code == 303
    assert answer.location.startswith("/login")


@pytest.mark.parametrize("path", ["/courses/web/state/nope/polls/x", "/courses/web/state/epochs/polls/after-a-gap"])
def test_a_poll_is_found_only_on_its_lesson(reader, path):
    assert reader("ada").browser.get(path).status_code == 404


def test_code_between_backticks_is_code_and_html_is_text(reader):
    page = reader("ada").page()
    assert "ask for a <code>state</code>." in page


def test_the_right_answer_and_the_numbers_stand_in_no_byte_before_answering(readers, reader):
    """Everything a learner can get: the page, the card, the presence JSON, the data, and the source."""
    for one in readers[1:]:
        one.answer("after-a-gap", "2")
        one.answer("kept-back", "2")
    ada = readers[0]
    urls = [
        LESSON,
        f"{POLLS}/after-a-gap",
        f"{POLLS}/kept-back",
        "/account/data",
        "/courses/places.json",
        "/courses/web",
    ]
    ada.answer("kept-back", "1")
    for text in (ada.browser.get(url).text for url in urls):
        assert "It belongs to a state" not in text
        assert "Each topic publishes for itself" not in text
        assert " %" not in words(text)
        assert "data-right" not in text
        assert "of 2," not in text
    for one in (ada, reader()):
        assert one.browser.get("/source/tests/content/web/02-state/01-diffs.md").status_code == 404


def test_ones_own_data_lists_ones_answers(reader):
    ada = reader("ada")
    ada.answer("after-a-gap", "1")
    [answer] = ada.browser.get("/account/data").json["answers"]
    assert answer.pop("answered_at")
    assert answer == {
        "lesson": "web/state/diffs",
        "poll": "after-a-gap",
        "round": 0,
        "option": "1",
        "in_the_numbers": True,
    }
