"""A poll block is read into a value, or stops with a sentence and the line inside the block."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.polls.block import Option, Poll, parse

GOOD = """id: after-a-gap
question: A page has missed one diff. What may it do with the next?
options:
  - Apply it, it is newer.
  - Keep it, and ask for a state.
  - Drop it and wait.
answer: 2
explain: It belongs to a state that the page does not have.
"""


class Broken(Exception):
    pass


def read(text):
    return parse(text, lambda sentence, line: Broken(f"{line}: {sentence}"))


def changed(old, new):
    assert old in GOOD
    return GOOD.replace(old, new)


def test_a_list_of_options_has_the_ids_1_2_3():
    poll = read(GOOD)
    assert poll.id == "after-a-gap"
    assert poll.options[1] == Option("2", "Keep it, and ask for a state.")
    assert (poll.answer, poll.results) == ("2", "answered")
    assert [poll.is_right(option) for option in "123"] == [False, True, False]


def test_a_mapping_names_its_options():
    poll = read("id: x\nquestion: Q?\noptions:\n  keep: Keep it.\n  yes: Apply it.\nanswer: yes\nresults: always\n")
    assert poll == Poll("x", "Q?", (Option("keep", "Keep it."), Option("yes", "Apply it.")), "yes", "", "always")


def test_without_an_answer_nothing_is_right_or_wrong():
    assert read(changed("answer: 2\n", "")).is_right("1") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "0: A poll is lines of `key: value`."),
        ("- a\n- b\n", "0: A poll is lines of `key: value`."),
        ("id: a: b\n", "0: The poll is not valid YAML: mapping values are not allowed here."),
        ("id: 'x\n", "1: The poll is not valid YAML: found unexpected end of stream."),
        ("question: Q?\n", "0: The poll has no id."),
        ("id: x\n", "0: The poll has no question."),
        ("id: x\nquestion: Q?\n", "0: The poll has no options."),
        (
            changed("answer: 2", "anser: 2"),
            "6: Unknown key 'anser'; known are id, question, options, answer, explain, results.",
        ),
        (
            changed("answer: 2", "? [a]\n: 2"),
            "6: Unknown key '…'; known are id, question, options, answer, explain, results.",
        ),
        (GOOD + "id: again\n", "8: The key 'id' is there twice."),
        (
            changed("id: after-a-gap", "id: After a gap"),
            "0: The id 'After a gap' must be lowercase letters, digits and hyphens.",
        ),
        (
            changed("id: after-a-gap", "id: __proto__"),
            "0: The id '__proto__' must be lowercase letters, digits and hyphens.",
        ),
        (changed("id: after-a-gap", "id:"), "0: The id must be a text."),
        (changed("answer: 2", "answer: 4"), "6: The answer 4 is none of the options 1 to 3."),
        (changed("answer: 2", "answer: two"), "6: The answer 'two' is none of the options 1 to 3."),
        (changed("answer: 2", "answer: [2]"), "6: The answer must be a text."),
        (changed("answer: 2", "results: never"), "6: The results must be answered, closed or always, not 'never'."),
        ("id: x\nquestion: Q?\noptions:\n  - A\n", "3: A poll has 2 to 8 options, not 1."),
        ("id: x\nquestion: Q?\noptions: [1,2,3,4,5,6,7,8,9]\n", "2: A poll has 2 to 8 options, not 9."),
        ("id: x\nquestion: Q?\noptions: A\n", "2: The options must be a list, or lines of `id: text`."),
        ("id: x\nquestion: Q?\noptions:\n  - A\n  -\n", "4: The option 2 must be a text."),
        ("id: x\nquestion: Q?\noptions:\n  a: A\n  a: B\n", "4: The option 'a' is there twice."),
        (
            "id: x\nquestion: Q?\noptions:\n  a: A\n  b: B\nanswer: c\n",
            "5: The answer 'c' is none of the options a, b.",
        ),
    ],
)
def test_a_broken_poll_is_named_with_its_line(text, expected):
    with pytest.raises(Broken) as error:
        read(text)
    assert str(error.value) == expected


@given(
    st.one_of(
        st.text(), st.sampled_from(GOOD.splitlines()).flatmap(lambda line: st.just(GOOD.replace(line, line[::-1])))
    )
)
def test_any_text_is_a_poll_or_one_sentence(text):
    errors = []
    try:
        assert 2 <= len(read(text).options) <= 8
    except Broken as error:
        errors.append(str(error))
    assert all(re.match(r"\d+: .*\.$", error, re.S) for error in errors)
