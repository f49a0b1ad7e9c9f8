"""The sentences about a poll's numbers. static/js/live/share.js writes the same ones; one file of cases holds both."""

from .tally import FEWEST, percent, told_count

VERDICTS = {True: "Right.", False: "Not this one.", None: "Thank you."}


def answered(answers: int, is_open: bool) -> str:
    if answers == 0:
        return "No one has answered yet." if is_open else "No one answered in this round."
    return "1 person has answered." if answers == 1 else f"{answers} people have answered."


def share(part: int, whole: int) -> str:
    """One bar as words: `11 of 16, 69 %`."""
    return f"{part} of {whole}, {percent(part, whole)} %"


def waiting(answers: int, told: int) -> str:
    """The reason why the bars hold fewer answers than were given; "" when they hold all."""
    if answers == told or answers == 0:
        return ""
    if told == 0:
        return f"Results show once there are {FEWEST} answers."
    return f"{told} of {answers} answers are shown: they appear in pairs, so that no one can tell whose is whose."


def own_waiting(answers: int, is_last: bool) -> str:
    """Said to the person whose answer is the odd one that waits."""
    return (
        "Your answer will be counted together with the next one."
        if is_last and told_count(answers) not in (0, answers)
        else ""
    )


def present(answered: int, here: int) -> str:
    """For an instructor: how far the class is, never who."""
    if here == 0:
        return "No learners are on this lesson right now."
    return f"{answered} of {here} {'learner here has' if here == 1 else 'learners here have'} answered."


def gone(answers: int) -> str:
    if answers == 0:
        return ""
    return (
        "1 earlier answer was to an option that is gone."
        if answers == 1
        else (f"{answers} earlier answers were to options that are gone.")
    )


def outcome(verdict: str, same: int, told: int) -> str:
    """The sentence that is announced once, politely, after answering."""
    return (
        f"{verdict} {same} of {told} chose the same."
        if told
        else f"{verdict} Results show once there are {FEWEST} answers."
    )
