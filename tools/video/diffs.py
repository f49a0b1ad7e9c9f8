"""The video of the lesson on states and diffs: who is where, which slips fly when, and what the captions say.

Times are seconds from the start. People stand as "Ada 2": she reads lesson 2.
"""

from .stage import FLIGHT_SECONDS, Panel, Slip

LENGTH = 94

FIRST = ("Ada 1", "Grace 1", "Alan 2", "Dennis 3")
ADA_2 = ("Ada 2", *FIRST[1:])
GRACE_2 = ("Ada 2", "Grace 2", *FIRST[2:])
DENNIS_1 = (*GRACE_2[:3], "Dennis 1")
WITH_BARBARA = (*DENNIS_1, "Barbara 1")
ADA_3 = ("Ada 3", *WITH_BARBARA[1:])
NO_ALAN = (*ADA_3[:2], *ADA_3[3:])
DENNIS_2 = ("Ada 3", "Grace 2", "Dennis 2", "Barbara 1")
ADA_BACK = ("Ada 2", *DENNIS_2[1:])
FULL_LISTS = ((9, ADA_2), (13, GRACE_2), (17, DENNIS_1))

SERVER = (
    Panel(6, FIRST),
    Panel(8, ADA_2),
    Panel(12, GRACE_2),
    Panel(16, DENNIS_1),
    Panel(28, DENNIS_1, 7),
    Panel(43, WITH_BARBARA, 7),
    Panel(44, WITH_BARBARA, 8),
    Panel(49.5, ADA_3, 8),
    Panel(50.5, ADA_3, 9),
    Panel(60, NO_ALAN, 9),
    Panel(61, NO_ALAN, 10),
    Panel(64.5, DENNIS_2, 10),
    Panel(65.5, DENNIS_2, 11),
    Panel(79.5, ADA_BACK, 11),
    Panel(81.5, DENNIS_2, 11),
    Panel(83, DENNIS_2, 11, "As published: nothing to send"),
)


def _arrives(at):
    return at + FLIGHT_SECONDS - 0.1


def _usual():
    """The screen that misses nothing."""
    yield Panel(6, FIRST)
    for at, people in FULL_LISTS:
        yield Panel(_arrives(at), people)
    yield Panel(28, DENNIS_1, 7)
    yield Panel(_arrives(44), WITH_BARBARA, 8)
    yield Panel(_arrives(50.5), ADA_3, 9)
    yield Panel(_arrives(61), NO_ALAN, 10)
    yield Panel(_arrives(65.5), DENNIS_2, 11)


def _unlucky():
    """The middle one, which does not get the tenth message."""
    yield from (panel for panel in _usual() if panel.at < 60)
    yield Panel(_arrives(65.5), ADA_3, 9, "11 after 9? One is missing.", True)
    yield Panel(70, ADA_3, 9, "Asking for the state …", True)
    yield Panel(_arrives(73), DENNIS_2, 11)


def _late():
    """The right one, which is opened while the video runs."""
    yield from (panel for panel in _usual() if panel.at < 26)
    yield Panel(26.5, (), None, "A page that was just opened")
    yield Panel(_arrives(32), DENNIS_1, 7)
    yield from (panel for panel in _usual() if panel.at > 40)


SCREENS = (tuple(_usual()), tuple(_unlucky()), tuple(_late()))

SLIPS = (
    *(Slip(at, screen, "everyone", people) for at, people in FULL_LISTS for screen in range(3)),
    Slip(29.5, 2, "I am new here", ("Who is here?",), up=True),
    Slip(32, 2, "state 7", DENNIS_1),
    *(Slip(44, screen, "diff 8", ("+ Barbara",)) for screen in range(3)),
    *(Slip(50.5, screen, "diff 9", ("Ada is in 3",)) for screen in range(3)),
    *(Slip(61, screen, "diff 10", ("− Alan",), lost=screen == 1) for screen in range(3)),
    *(Slip(65.5, screen, "diff 11", ("Dennis is in 2",)) for screen in range(3)),
    Slip(70.5, 1, "resync", ("Tell me all again",), up=True),
    Slip(73, 1, "state 11", DENNIS_2),
)

# (from, to, title above the stage)
TITLES = (
    (6, 26, "The easy way: send everyone the whole list"),
    (26, 41, "First a state"),
    (41, 58, "Then only what changes"),
    (58, 77, "A diff gets lost"),
    (77, 86, "No change, no message"),
)

# (from, to, heading, lines that appear one after the other)
CARDS = (
    (0, 6, "A state and its diffs", ("How many screens stay up to date",)),
    (
        20.5,
        26,
        "With a thousand people",
        ("1,000 names on the list", "× 1,000 screens", "= 1,000,000 names for one single step"),
    ),
    (
        86,
        LENGTH,
        "In three lines",
        ("A state, once.", "Then diffs, with a number on each.", "A gap? Ask for the state."),
    ),
)

CAPTIONS = (
    (0.5, 5.5, "How do many screens stay up to date?"),
    (6.5, 11.5, "Ada moves to lesson 2. The server sends the whole list to every screen."),
    (12, 16, "Grace moves, and everyone gets everything again."),
    (16.5, 20, "That cannot go wrong. It is only a lot."),
    (20.5, 25.5, "With a thousand people, one single step costs a million names."),
    (26.5, 31.5, "The other way: a page that was just opened asks who is here …"),
    (32, 36, "… and gets the whole list once. That is the state. It has a number, 7."),
    (36.5, 41, "Same number, same picture."),
    (42, 48, "Barbara comes in. Diff 8 says only that, to everyone."),
    (49, 53.5, "Ada moves to lesson 3. Diff 9 says only that."),
    (54, 57.5, "One name instead of five, however long the list is."),
    (59, 63.5, "Alan leaves. Diff 10 never reaches the screen in the middle."),
    (64.5, 69.5, "Then diff 11 comes, and the number shows that one is missing."),
    (70, 72.5, "Guessing would be wrong. The page asks for the state."),
    (73, 76.5, "State 11 arrives, and all three agree again."),
    (78, 82, "Ada goes to lesson 2 and straight back to lesson 3."),
    (82.5, 85.8, "That is what was published already. So nothing is sent."),
    (86.5, 93.5, "A state once, then numbered diffs; after a gap, ask for the state."),
)
