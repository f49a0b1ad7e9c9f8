"""The published numbers of reactions to a part of a lesson. Pure."""

from collections.abc import Mapping

KINDS = ("clap", "aha", "love", "lost")
# One person who is lost would be a particular person.
FEWEST_LOST = 2
LOST_DAYS = 30


def told(counts: Mapping[str, int]) -> dict[str, int]:
    """The numbers that others see, by kind; zeroes are left out, and so is a single "lost"."""
    return {kind: counts[kind] for kind in KINDS if counts.get(kind, 0) >= fewest(kind)}


def fewest(kind: str) -> int:
    """The smallest number of a kind that is published."""
    return FEWEST_LOST if kind == "lost" else 1
