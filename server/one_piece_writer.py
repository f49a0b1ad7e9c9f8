"""The way out of a connection. Python's own sends the head of a large response, and then its body."""

from collections.abc import Iterable
from io import BufferedWriter
from typing import Any


class OnePieceWriter(BufferedWriter):
    """Sends what is given together in one system call: each wakes the client."""

    __slots__ = ()

    def writelines(self, lines: Iterable[Any]) -> None:
        self.write(b"".join(lines))
