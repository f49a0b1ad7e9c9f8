"""A source file that lessons link to."""

from functools import cached_property

from markupsafe import Markup

from .highlighting import source


class SourceFile:
    """A source file as it was when the lessons were read.

    It is highlighted for its first reader: highlighting all files would take most of the site's start, and few are ever
    read.
    """

    def __init__(self, path: str, text: str) -> None:
        self._path, self._text = path, text.strip("\n")

    @cached_property
    def html(self) -> Markup:
        return source(self._path, self._text)

    def has(self, anchor: str) -> bool:
        """Whether its page has a line with this id."""
        number = anchor.removeprefix("L-")
        return anchor != number and number in map(str, range(1, self._text.count("\n") + 2))
