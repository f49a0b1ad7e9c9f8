"""Marks above and below a letter: accents, vowels, dots. A tower of them reaches into the lines around it. Pure."""

import unicodedata

MOST = 4
"""Hebrew verse has as many on one letter."""


def limited(text: str) -> str:
    """The text with at most so many marks on one letter."""
    kept, marks = [], 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if marks <= MOST:
            kept.append(character)
    return "".join(kept)
