"""Characters that cannot be seen, and where they still have a meaning (Unicode's Default_Ignorable_Code_Point).

A name keeps a joiner inside an emoji or between letters that join, the selector after a symbol and the tags of a flag.
Anywhere else such a character only makes a name look like another one, and is taken out.
"""

import unicodedata

RANGES = (
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
# Not ignorable by the standard, and yet drawn as nothing: the braille blank and the null notehead.
BLANK = frozenset("\u2800\U0001d159")
JOINERS, SELECTORS, BLACK_FLAG = "\u200c\u200d", "\ufe0e\ufe0f", "\U0001f3f4"
JOINING_SCRIPTS = frozenset(
    ("ARABIC", "SYRIAC", "MONGOLIAN", "NKO", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL",
     "TELUGU", "KANNADA", "MALAYALAM", "SINHALA")
)  # fmt: skip


def without(text: str) -> str:
    """The text without the invisible characters that mean nothing where they are."""
    kept = ""
    for character, after in zip(text, text[1:] + " ", strict=False):
        if not is_ignorable(character) or _means_something(character, kept[-1:], after):
            kept += character
    return kept


def is_seen(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNPS" and character not in BLANK and not is_ignorable(character)


def is_ignorable(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in RANGES)


def _means_something(character: str, before: str, after: str) -> bool:
    if not before:
        return False
    if character in JOINERS:
        return after.strip() != "" and not is_ignorable(after) and (_is_symbol(before) or _joins(before))
    if character in SELECTORS:
        return _is_symbol(before) or before in "#*0123456789"
    return _is_tag(character) and (before == BLACK_FLAG or _is_tag(before))


def _is_symbol(character: str) -> bool:
    return unicodedata.category(character) in ("So", "Sk", "Sm") or character in SELECTORS


def _is_tag(character: str) -> bool:
    return 0xE0020 <= ord(character) <= 0xE007F


def _joins(character: str) -> bool:
    return unicodedata.name(character, "").split(" ")[0] in JOINING_SCRIPTS
