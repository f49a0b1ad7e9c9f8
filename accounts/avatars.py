"""Avatars: initials (no avatar), one of the portraits that come with the site, a drawn one, or an uploaded picture.

A drawn portrait (portraits.py) is drawn from its seed, random letters in its URL, and stored nowhere; an uploaded
picture is a file (avatar_files.py).
"""

import re
from hashlib import sha256
from itertools import count
from pathlib import Path

from flask import current_app

from .avatar_files import OWN_URL
from .models import User
from .portraits import background

INITIALS, OWN = "initials", "own"
DRAWN = re.compile(r"drawn-([0-9a-f]{8})")
DRAWN_URL = re.compile(r"/avatars/drawn/([0-9a-f]{8})\.svg")
DRAWN_CHOICES = 6


def portraits() -> dict[str, str]:
    """{name: URL} of the portraits that come with the site."""
    files = sorted((Path(current_app.static_folder or "") / "avatars").glob("*.svg"))
    return {file.stem: f"/static/avatars/{file.name}" for file in files}


def drawn_portraits(seed: str) -> dict[str, str]:
    """{name: URL} of the drawn portraits to choose from, each in its own colour; the same ones for the same seed."""
    by_colour: dict[str, str] = {}
    for number in count():
        one = sha256(f"{seed} {number}".encode()).hexdigest()[:8]
        by_colour.setdefault(background(one), one)
        if len(by_colour) == DRAWN_CHOICES:
            break
    return {f"drawn-{one}": f"/avatars/drawn/{one}.svg" for one in by_colour.values()}


def portraits_for(user: User) -> dict[str, str]:
    """{name: URL} of all portraits that a user may choose from, with the drawn one that they have."""
    found = DRAWN_URL.fullmatch(user.avatar)
    return drawn_portraits(user.alias) | ({f"drawn-{found[1]}": user.avatar} if found else {}) | portraits()


def choice(user: User) -> str:
    """The kind of avatar that a user has: `initials`, `own`, or the name of a portrait."""
    if OWN_URL.fullmatch(user.avatar):
        return OWN
    if found := DRAWN_URL.fullmatch(user.avatar):
        return f"drawn-{found[1]}"
    return {url: name for name, url in portraits().items()}.get(user.avatar, INITIALS)


def url_of(name: str | None, user: User) -> str:
    """The avatar after the user chose `name`, or None for no choice. Raises ValueError with a sentence."""
    if name is None or (name == OWN and choice(user) == OWN):
        return user.avatar
    return url_of_portrait(name)


def url_of_portrait(name: str) -> str:
    """The avatar that a name stands for. Raises ValueError with a sentence."""
    if name in ("", INITIALS):
        return ""
    if found := DRAWN.fullmatch(name):
        return f"/avatars/drawn/{found[1]}.svg"
    if name not in portraits():
        raise ValueError("Choose a portrait, your initials or a picture of your own.")
    return portraits()[name]
