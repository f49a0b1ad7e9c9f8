"""Passwords that are guessed first (NIST SP 800-63B asks to refuse them): a short list, and some patterns.

The list need not be long, because `attempt_limits` allows a few guesses a minute.
"""

import re
import unicodedata
from pathlib import Path

COMMON = frozenset(
    word
    for line in Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)
RUNS = ("01234567890", "09876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


def includes(password: str) -> bool:
    """Whether the password is among the first that anyone would guess."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", password).casefold())
    if len(set(text)) <= 2 or _repeats(text) or any(text in run * 3 for run in RUNS):
        return True
    return text in COMMON or re.sub(r"[\d!?.*#$@_-]+$", "", text) in COMMON


def _repeats(text: str) -> bool:
    """Whether the password repeats one short piece, as in `abcabcabc`."""
    return any(text == (text[:size] * len(text))[: len(text)] for size in range(1, 5))
