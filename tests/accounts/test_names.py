import pytest

from accounts import name_rules


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
