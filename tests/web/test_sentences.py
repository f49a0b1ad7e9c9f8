"""The sentences that the server and the live page share, and the words that no page may hold."""

import re

from web.sentences import SENTENCES, SOURCE, load, sentence

# What a native speaker would not write to a colleague.
STILTED = re.compile(r"\b(whoever|whom|lately|nobody|somebody|hush|heed)\b", re.IGNORECASE)


def test_n_chooses_between_singular_and_plural():
    assert sentence("left", n=1) == "1 person has left."
    assert sentence("left", n=2) == "2 people have left."
    assert sentence("left", n=0) == "0 people have left."


def test_a_sentence_takes_its_values():
    assert sentence("names_and_more", names="Ada, Grace", n=3) == "Ada, Grace and 3 more"


def test_all_are_read_and_the_code_after_them_is_not():
    assert load('// A comment.\nexport const X = {"a": "b", "c": ["d", "e"]};\nexport function f() {}') == {
        "a": "b",
        "c": ["d", "e"],
    }


def test_no_page_says_what_a_native_speaker_would_not():
    templates = SOURCE.parents[4] / "templates"
    for path in templates.rglob("*.html"):
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text(), flags=re.DOTALL)
        assert not STILTED.search(text), path
    for text in SENTENCES.values():
        assert not STILTED.search(str(text))
