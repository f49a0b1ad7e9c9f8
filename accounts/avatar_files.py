"""Uploaded pictures on disk: files in the instance folder under random names, each a part of its URL.

The name changes with every upload and whenever the user becomes less visible, and the old one is gone.
"""

import os
import re
import secrets
import time
from pathlib import Path

from flask import Flask, current_app
from werkzeug.datastructures import FileStorage

from web.db import db

from . import image_upload, image_worker
from .models import User

OWN_URL = re.compile(r"/avatars/([A-Za-z0-9_-]{22}\.webp)")
UNDER_WAY_SECONDS = 3600


def folder(app: Flask) -> Path:
    return Path(app.config["INSTANCE_DIR"]) / "avatars"


def decode(upload: FileStorage) -> bytes:
    """The uploaded picture as it will be stored. Takes seconds at worst. Raises ValueError with a sentence."""
    data = upload.read(image_upload.LARGEST_FILE + 1)
    # So that no transaction waits for it.
    db.session.rollback()
    return image_worker.square(data)


def store(picture: bytes) -> str:
    """Write a decoded picture; returns its URL. Raises ValueError with a sentence when there is no room for it."""
    name = new_name()
    file = folder(current_app) / name
    draft = file.with_suffix(".part")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(picture)
        draft.replace(file)
    except OSError as error:
        draft.unlink(missing_ok=True)
        current_app.logger.error("A picture cannot be stored in %s: %s", file.parent, error.strerror)
        raise ValueError("The site has no room for your picture right now. Please try again later.") from None
    return f"/avatars/{name}"


def new_name() -> str:
    return secrets.token_urlsafe(16) + ".webp"


def rename_file(url: str) -> str:
    """Move the picture to a new, unknown name; returns its URL, or "" for one that cannot be moved.

    Renamed rather than copied or linked: that needs no room and no particular file system.
    """
    if (file := file_of(url)) is None:
        return url
    name = new_name()
    try:
        file.rename(file.with_name(name))
    except OSError as error:
        current_app.logger.error("The picture %s cannot be renamed: %s", file, error.strerror)
        return ""
    return f"/avatars/{name}"


def rename_back(url: str, before: str) -> None:
    """Undo `rename_file`: the change that needed it was not stored."""
    if url != before and (file := file_of(url)):
        file.rename(file.with_name(before.rpartition("/")[2]))


def discard(url: str) -> None:
    """Delete the file of a picture; no error for an avatar that has none."""
    if file := file_of(url):
        file.unlink(missing_ok=True)


def sweep(app: Flask) -> None:
    """Delete the files that belong to no user, but for those of requests under way; make the others private."""
    owned = {url.rpartition("/")[2] for url in db.session.scalars(db.select(User.avatar)) if OWN_URL.fullmatch(url)}
    for file in folder(app).iterdir():
        if file.name in owned:
            file.chmod(0o600)
        elif file.is_file() and file.stat().st_mtime < time.time() - UNDER_WAY_SECONDS:
            file.unlink(missing_ok=True)


def file_of(url: str) -> Path | None:
    found = OWN_URL.fullmatch(url)
    file = folder(current_app) / found[1] if found else None
    return file if file and file.exists() else None
