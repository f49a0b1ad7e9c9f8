"""The words that people write for others to read. Pure."""

import unicodedata

from accounts.invisible_characters import is_seen

INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
MARKS = ("Mn", "Me")
MOST_MARKS = 4
"""More on one letter than any language needs would reach into the lines around it."""


def plain(words: str) -> str:
    """The words on one line, without control and invisible characters; "" when nothing is left to be read."""
    seen = "".join(_seen(" ".join(words.split())))
    return seen.strip() if any(map(is_seen, seen)) else ""


def _seen(words: str) -> list[str]:
    seen: list[str] = []
    marks = 0
    for letter in words:
        category = unicodedata.category(letter)
        marks = marks + 1 if category in MARKS else 0
        if (category not in INVISIBLE or letter == "\u200d") and marks <= MOST_MARKS:
            seen.append(letter)
    return seen
