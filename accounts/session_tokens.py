"""Session tokens, and the keyed digests of them that the site stores.

The token itself is in the browser's cookies only. The database, Redis and the memory of presence hold its HMAC under a
key derived from SECRET_KEY, so a copy of any of them signs no one in.
"""

import base64
import hashlib
import hmac
import secrets

from flask import current_app


def new() -> str:
    return secrets.token_urlsafe(24)


def digest(token: str) -> str:
    """The 40 characters under which a token's session is stored."""
    key = hashlib.sha256(f"session {current_app.config['SECRET_KEY']}".encode()).digest()
    mac = hmac.digest(key, token.encode("utf-8", "surrogatepass"), "sha256")
    return base64.urlsafe_b64encode(mac[:30]).decode()
