"""The words that people write for others stay within their line, and can be read."""

import pytest

from live.plain_words import plain


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  why is   it\n7? ", "why is it 7?"),
        ("a\u202eb\u2066c", "abc"),
        ("👩\u200d💻 hi", "👩\u200d💻 hi"),
        ("a\0b\x07\u2028c", "ab c"),
        ("\u200d" * 80, ""),
        ("\u202e" * 40, ""),
        ("\u2800\u3164\u115f", ""),
        ("e" + "\u0301" * 79, "e" + "\u0301" * 4),
        ("e\u0323\u0302 und \u0646\u0651\u064e", "e\u0323\u0302 und \u0646\u0651\u064e"),
        ("<b>*x*</b>", "<b>*x*</b>"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f", "\U0001f3f4\U000e0067\U000e0062\U000e007f"),
        ("a\u200bd\u200ca", "ada"),
    ],
)
def test_words_are_told_as_one_line_that_can_be_read(written, read):
    assert plain(written) == read
