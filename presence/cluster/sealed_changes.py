"""Changes as they are kept in Redis: sealed JSON. A value that cannot be read is counted, and logged once."""

import logging

from ..core.change_json import decode, encode
from ..core.changes import Change
from .seal import Seal

logger = logging.getLogger("presence")


class SealedChanges:
    """`unreadable` counts the values that were passed over."""

    def __init__(self, secret: bytes) -> None:
        self._seal, self.unreadable = Seal(secret), 0

    def write(self, change: Change) -> str:
        """A change as Redis keeps it."""
        return self._seal.close(encode(change))

    def read(self, sealed: str) -> Change | None:
        """The change; None for a value that this site did not seal, or that is not a change."""
        try:
            return decode(self._seal.open(sealed))
        except ValueError as error:
            if not self.unreadable:
                logger.warning("A value in Redis cannot be read and is passed over, as others will be: %s", error)
            self.unreadable += 1
            return None
