"""The initials of a name: the first character of its first and its last word, as its reader counts characters.

static/js/presence/model/text.js has the same rule; tests/accounts/initials_cases.json holds the two together.
"""

import unicodedata

JOINER = "\u200d"


def initials_of(name: str) -> str:
    words = name.split()
    if not words:
        return "?"
    ends = [words[0], words[-1]] if len(words) > 1 else [words[0]]
    return "".join(_first(word) for word in ends).upper()


def _first(word: str) -> str:
    """The first grapheme cluster, in short (Unicode, UAX #29): a flag, or a character and all that joins it."""
    if _is_regional(word[0]):
        return word[:2] if len(word) > 1 and _is_regional(word[1]) else word[0]
    end = 1
    while end < len(word) and (_extends(word[end]) or word[end - 1] == JOINER):
        end += 1
    return word[:end]


def _is_regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _extends(character: str) -> bool:
    is_mark = unicodedata.category(character).startswith("M")
    is_skin_or_tag = "\U0001f3fb" <= character <= "\U0001f3ff" or "\U000e0020" <= character <= "\U000e007f"
    return is_mark or is_skin_or_tag or character in (JOINER, "\u200c")
