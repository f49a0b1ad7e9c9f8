"""The name of a new room, and the names that its files and its class get from it. Pure."""

import keyword
import re
from collections.abc import Container

NAME = re.compile(r"(?=.{2,31}\Z)[a-z][a-z0-9]*(-[a-z0-9]+)*")
IMPORTED = {"Attendee", "Flask", "Presence", "Room"}
"""The names that the new module imports; a class of one of them would take its place."""


class Refused(Exception):
    """The message is a sentence that says why the room cannot be written."""


def check(name: str, taken: Container[str] = ()) -> None:
    """Raise Refused for a name that no new room can have."""
    if not NAME.fullmatch(name):
        raise Refused(
            f"The name of a room is 2 to 31 of a-z and 0-9, a letter first, with - between words, not {name!r}."
        )
    if keyword.iskeyword(name) or keyword.issoftkeyword(name):
        raise Refused(f"{name!r} is a word of Python, so no module can have that name.")
    if class_of(name) in IMPORTED:
        raise Refused(f"Every room uses the name {class_of(name)!r} already.")
    if name in taken:
        raise Refused(f"There is a room {name!r} already.")


def module_of(name: str) -> str:
    return name.replace("-", "_")


def class_of(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("-"))


def title_of(name: str) -> str:
    return name.replace("-", " ").capitalize()
