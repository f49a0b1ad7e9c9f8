"""Any JSON against any signature gives arguments, or one sentence."""

from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presence.rooms.rejected import Rejected
from presence.rooms.schema import LARGEST_NUMBER, LIST_LENGTH, TEXT_LENGTH, Schema


class Example:
    def texts(self, who, option: str, words: Annotated[str, 5]): ...
    def numbers(self, who, whole: int, number: float = 0.5): ...
    def others(self, who, on: bool, kind: Literal["clap", "aha", "love"], at: list[int]): ...
    def nothing(self, who): ...
    def quoted(self, who, on: "bool" = True): ...


SIGNATURES = [Example.texts, Example.numbers, Example.others, Example.nothing, Example.quoted]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
NAMES = st.sampled_from(["option", "words", "whole", "number", "on", "kind", "at", "__proto__", "who", "self"])


@given(st.sampled_from(SIGNATURES), JSON | st.dictionaries(NAMES, JSON))
def test_any_json_gives_arguments_or_one_sentence(method, payload):
    arguments, sentence = {}, None
    try:
        arguments = Schema.of(method).arguments(payload)
    except Rejected as rejection:
        sentence = str(rejection)
    if sentence is None:
        method(Example(), None, **arguments)
    else:
        assert sentence.endswith(".")
        assert "\n" not in sentence


@pytest.mark.parametrize(
    ("method", "payload", "sentence"),
    [
        (Example.texts, {"words": "a"}, "The payload needs a text 'option'."),
        (Example.texts, {"option": 7, "words": "a"}, "The payload needs a text 'option'."),
        (Example.texts, {"option": None, "words": "a"}, "The payload needs a text 'option'."),
        (Example.texts, {"option": "a", "words": "too long"}, "The text 'words' has at most 5 letters."),
        (Example.texts, {"option": "x" * 301, "words": ""}, "The text 'option' has at most 300 letters."),
        (Example.numbers, {"whole": "1"}, "The payload needs a number 'whole'."),
        (Example.numbers, {"whole": True}, "The payload needs a number 'whole'."),
        (Example.numbers, {"whole": 1.5}, "The payload needs a whole number 'whole'."),
        (Example.numbers, {"whole": 10**400}, "The number 'whole' is too large."),
        (Example.numbers, {"whole": 1, "number": float("nan")}, "The number 'number' is too large."),
        (Example.numbers, {"whole": 1, "number": None}, "The payload needs a number 'number'."),
        (Example.others, {"on": 1}, "The payload needs a yes or no 'on'."),
        (Example.others, {"on": True, "kind": "spam"}, "The payload needs one of clap, aha or love 'kind'."),
        (Example.others, {"on": True, "kind": []}, "The payload needs one of clap, aha or love 'kind'."),
        (Example.others, {"on": True, "kind": "aha", "at": 1}, "The payload needs a list of numbers 'at'."),
        (Example.others, {"on": True, "kind": "aha", "at": [1, True]}, "The payload needs a list of numbers 'at'."),
        (Example.others, {"on": True, "kind": "aha", "at": [0] * 17}, "The list 'at' has at most 16 numbers."),
        (Example.nothing, [], "The payload needs an object 'with'."),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(method, payload, sentence):
    with pytest.raises(Rejected) as rejected:
        Schema.of(method).arguments(payload)
    assert str(rejected.value) == sentence


@pytest.mark.parametrize(
    ("method", "payload"),
    [
        (Example.texts, {"option": "x" * TEXT_LENGTH, "words": "fives"}),
        (Example.numbers, {"whole": -LARGEST_NUMBER, "number": 1.5}),
        (Example.others, {"on": False, "kind": "love", "at": [1] * LIST_LENGTH}),
        (Example.nothing, {}),
    ],
)
def test_what_fits_to_the_limit_is_taken_as_it_is(method, payload):
    assert Schema.of(method).arguments(payload) == payload


def test_an_argument_with_a_default_may_be_left_out_and_unknown_names_are_passed_over():
    assert Schema.of(Example.numbers).arguments({"whole": 1, "extra": {}}) == {"whole": 1}
    assert Schema.of(Example.quoted).arguments({}) == {}


def test_a_whole_number_is_a_number_too():
    value = Schema.of(Example.numbers).arguments({"whole": 1, "number": 2})["number"]
    assert (value, type(value)) == (2.0, float)


class Wrong:
    def without(self, who, option): ...
    def mapping(self, who, option: dict): ...
    def optional(self, who, option: str | None): ...
    def numbers(self, who, option: list[str]): ...
    def literal(self, who, option: Literal[1, 2]): ...
    def annotated(self, who, option: Annotated[int, 5]): ...
    def more(self, who, *option: str): ...
    def all_of_them(self, who, **option: str): ...


@pytest.mark.parametrize("name", [name for name in vars(Wrong) if not name.startswith("_")])
def test_an_annotation_that_cannot_be_checked_is_an_error_at_registration(name):
    with pytest.raises(ValueError, match=rf"Wrong\.{name}"):
        Schema.of(getattr(Wrong, name))
