import json
from pathlib import Path

import pytest

from accounts import name_rules
from accounts.initials import initials_of


@pytest.mark.parametrize("name", ["Ada", "Иван", "李小龙", "O'Neil-Smith", "👩‍💻 Dev", "x" * 80, "محمد", "<b>Bold</b>"])
def test_people_s_names_are_taken_as_they_are(name):
    assert name_rules.display_name(f" {name} ") == name


def test_composed_and_decomposed_letters_make_the_same_name():
    assert name_rules.display_name("Ne\u0301e") == name_rules.display_name("N\u00e9e")


@pytest.mark.parametrize("name", ["a\ud800b", "a\nb", "a\x7fb", "a\u2066b", "a\u200fb", "\u200d", ""])
def test_names_that_break_a_page_are_refused(name):
    with pytest.raises(ValueError, match="A name"):
        name_rules.display_name(name)


@pytest.mark.parametrize("name", ["abc", "a_b-9", "x" * 30])
def test_usernames(name):
    assert name_rules.username(name.upper()) == name


@pytest.mark.parametrize("name", ["ab", "x" * 31, "a b c", "a/b", "ABCé", "abc\n\nd", "", "ſam", "\uff41\uff42\uff43"])
def test_usernames_refused(name):
    with pytest.raises(ValueError, match="3 to 30"):
        name_rules.username(name)


@pytest.mark.parametrize(
    "name", ["\u3164", "\u2800", "\u115f\u1160", "\uffa0", "\u00ad", "\u200b \u2060", "\u2800 \u3164"]
)
def test_names_that_cannot_be_seen_are_refused(name):
    with pytest.raises(ValueError, match="A name"):
        name_rules.display_name(name)


@pytest.mark.parametrize("inside", ["\u200b", "\u2060", "\ufeff", "\u00ad", "\u034f", "\u200d", "\u3164", "\U000e0061"])
def test_an_invisible_character_does_not_make_another_name(inside):
    assert name_rules.display_name(f"Ad{inside}a") == "Ada"


@pytest.mark.parametrize(
    "name",
    ["👨‍👩‍👧 Fam", "❤️ Bo", "🏴󠁧󠁢󠁳󠁣󠁴󠁿 Isla", "1️⃣ One", "می‌خواهم", "क्‍ष", "👩🏽‍💻", "🏳️‍🌈 Pride"],
)
def test_an_invisible_character_that_means_something_stays(name):
    assert name_rules.display_name(name) == name


CASES = json.loads(Path(__file__).with_name("initials_cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("name", "initials"), CASES.items())
def test_initials_are_what_a_reader_calls_characters(name, initials):
    assert initials_of(name) == initials


@pytest.mark.parametrize("letter", ["e", "\u05e9", "\u0f62"])
def test_a_tower_of_accents_stays_within_its_line(letter):
    assert name_rules.display_name(f"Ad{letter}" + "\u0316" * 40) == f"Ad{letter}" + "\u0316" * 4
