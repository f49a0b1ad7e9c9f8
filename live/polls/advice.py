"""Advice to an instructor from the share of right answers, as in peer instruction (Crouch and Mazur 2001).

Below 30 % too few understand it to explain it to each other; above 70 % there is little left to talk about.
"""

EXPLAIN_BELOW = 0.30
GO_ON_ABOVE = 0.70

EXPLAIN = "Few got it right: explain it again."
TALK = "Opinions are divided: let them talk, then ask again."
GO_ON = "Most got it right: move on."


def advice(right_share: float | None) -> str:
    """One sentence, or "" when nothing is right or wrong or too few have answered."""
    if right_share is None:
        return ""
    if right_share < EXPLAIN_BELOW:
        return EXPLAIN
    return GO_ON if right_share > GO_ON_ABOVE else TALK
