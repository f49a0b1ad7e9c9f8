"""Encrypts and signs what this site keeps in Redis, under a key derived from SECRET_KEY. Pure.

Names, places and choices stay readable in a stream, in its replicas and its backups long after their owner has left or
hidden. A sealed change reveals only that there was one, and a change that another program wrote is rejected.
The key stream is SHAKE-256 over the key and a nonce, the tag a keyed BLAKE2b of both (encrypt, then sign).
"""

import base64
import hashlib
import hmac
import secrets

NONCE_BYTES, TAG_BYTES = 16, 16
PADDED_TO = 128
"""Texts are padded to a multiple of this, so that the length tells little."""


class Seal:
    def __init__(self, secret: bytes) -> None:
        self._key = hashlib.sha256(b"seal key" + secret).digest()
        self._tag_key = hashlib.sha256(b"seal tag" + secret).digest()

    def close(self, text: str) -> str:
        """Seal a text."""
        plain = text.encode()
        plain += b" " * (-len(plain) % PADDED_TO)
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = nonce + self._crypt(nonce, plain)
        return base64.b64encode(sealed + self._tag(sealed)).decode()

    def open(self, sealed: str) -> str:
        """Read a sealed text. Raises ValueError for a text that was not sealed with this secret."""
        data = base64.b64decode(sealed, validate=True)
        body, tag = data[:-TAG_BYTES], data[-TAG_BYTES:]
        if len(body) < NONCE_BYTES or not hmac.compare_digest(tag, self._tag(body)):
            raise ValueError("This is not sealed by this site.")
        return self._crypt(body[:NONCE_BYTES], body[NONCE_BYTES:]).decode().rstrip(" ")

    def _crypt(self, nonce: bytes, data: bytes) -> bytes:
        stream = hashlib.shake_256(self._key + nonce).digest(len(data))
        return (int.from_bytes(data) ^ int.from_bytes(stream)).to_bytes(len(data))

    def _tag(self, data: bytes) -> bytes:
        return hashlib.blake2b(data, key=self._tag_key, digest_size=TAG_BYTES).digest()
