"""Who somebody is in a recording: no more than everybody could see, under a key. Pure.

    everyone    the public key that everybody saw anyway, so that a report of a bug can name a face; role and `since`
    anonymous   a key that only this recording knows, and nothing else: not the role, not whether they were active
    hidden      nobody

The key of somebody anonymous depends on a secret that is forgotten with the recording, and on the alias, which is a new
one whenever somebody goes out of sight. So it leads neither to the user nor from one recording to the next.
"""

import hashlib
import hmac

from presence.core.changes import node_of
from presence.core.people import Keys, User, is_counted, is_shown


class Pseudonyms:
    """The pseudonyms of one recording. `secret` is its own, made anew for each."""

    def __init__(self, keys: Keys, secret: bytes) -> None:
        self._keys, self._secret = keys, secret

    def user(self, user: User) -> User | None:
        """The user that is written, None for one who is hidden. The id is the key."""
        if is_shown(user):
            return User(self._keys.of(user), "", role=user.role)
        if is_counted(user):
            return User(self._hash("user", user.id, user.alias), "", visibility=user.visibility)
        return None

    def connection(self, connection: str, key: str) -> str:
        """The id of a connection of whoever has this key; the process stays, because it may go down."""
        return f"{node_of(connection)}/{self._hash('connection', connection, key)}"

    def _hash(self, *parts: str) -> str:
        digest: bytes = hmac.digest(self._secret, "\0".join(parts).encode(), hashlib.sha256)
        return digest.hex()[:20]
