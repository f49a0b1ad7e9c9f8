"""The rules for usernames and display names.

Both functions return the clean name or raise ValueError with a sentence.
"""

import re
import unicodedata

from . import invisible_characters, stacked_marks

USERNAME = re.compile(r"[a-z0-9_-]{3,30}")
LONGEST = 80

# Control characters, lone surrogates, line and paragraph separators; of the format characters only those that turn
# the direction of the text around them, because emoji need the others.
REFUSED_CATEGORIES = ("Cc", "Cs", "Zl", "Zp")
REFUSED = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def username(text: str) -> str:
    text = text.strip().lower()
    if not USERNAME.fullmatch(text):
        raise ValueError("A username has 3 to 30 characters: letters a to z, digits, - and _.")
    return text


def display_name(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    if any(character in REFUSED or unicodedata.category(character) in REFUSED_CATEGORIES for character in text.strip()):
        raise ValueError("A name cannot hold line breaks, control characters or text direction marks.")
    text = stacked_marks.limited(invisible_characters.without(text)).strip()
    if not 1 <= len(text) <= LONGEST:
        raise ValueError(f"A name has 1 to {LONGEST} characters.")
    if not any(invisible_characters.is_seen(character) for character in text):
        raise ValueError("A name needs a character that can be seen.")
    return text
