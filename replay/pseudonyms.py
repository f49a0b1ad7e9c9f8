"""Keys instead of names: a recording holds no more of a user than others could see. Pure.

    everyone    the public key, which others saw anyway, so that a bug report can name a face; role and `since`
    anonymous   a key that only this recording knows, and nothing else: neither role nor activity
    hidden      nothing

An anonymous user's key depends on a secret that is discarded with the recording, and on the alias, which changes
whenever the user becomes less visible. So the key leads neither to the user nor from one recording to the next.
"""

import hashlib
import hmac

from presence.core.changes import node_of
from presence.core.people import Keys, User
from presence.core.visibility import is_counted, is_shown


class Pseudonyms:
    """The pseudonyms of one recording, made with a `secret` of its own."""

    def __init__(self, keys: Keys, secret: bytes) -> None:
        self._keys, self._secret = keys, secret

    def user(self, user: User) -> User | None:
        """The user as recorded, with the key as its id; None for a hidden user."""
        if is_shown(user):
            return User(self._keys.of(user), "", role=user.role)
        if is_counted(user):
            return User(self._hash("user", user.id, user.alias), "", visibility=user.visibility)
        return None

    def connection(self, connection: str, key: str) -> str:
        """The recorded id of a connection of the user with this key. It keeps the node, for NodeDown."""
        return f"{node_of(connection)}/{self._hash('connection', connection, key)}"

    def _hash(self, *parts: str) -> str:
        digest: bytes = hmac.digest(self._secret, "\0".join(parts).encode(), hashlib.sha256)
        return digest.hex()[:20]
