"""The words that people write for others to read. Pure."""

import unicodedata

from accounts import invisible_characters, stacked_marks

CONTROL = ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")


def plain(words: str) -> str:
    """The words on one line, without control and invisible characters; "" when nothing is left to be read."""
    one_line = "".join(letter for letter in " ".join(words.split()) if unicodedata.category(letter) not in CONTROL)
    seen = stacked_marks.limited(invisible_characters.without(one_line)).strip()
    return seen if any(map(invisible_characters.is_seen, seen)) else ""
