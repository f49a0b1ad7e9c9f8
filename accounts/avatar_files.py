"""Uploaded pictures on disk: files in the instance folder under random names, each a part of its URL.

The name changes with every upload and whenever the user becomes less visible, and the old one is gone.
"""

import logging
import os
import re
import secrets
import time
from contextlib import suppress
from pathlib import Path

from flask import Flask, current_app
from werkzeug.datastructures import FileStorage

from web.config import ConfigError
from web.db import db

from . import image_upload, image_worker
from .models import User

logger = logging.getLogger(__name__)

OWN_URL = re.compile(r"/avatars/([A-Za-z0-9_-]{22}\.webp)")
UNDER_WAY_SECONDS = 3600


def folder(app: Flask) -> Path:
    return Path(app.config["INSTANCE_DIR"]) / "avatars"


def make_folder(app: Flask) -> None:
    """Make the folder of the pictures. Raises ConfigError when it cannot be made."""
    try:
        folder(app).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"The folder of pictures '{folder(app)}' cannot be made: {error.strerror}.") from None


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
        _delete(draft)
        logger.error("A picture cannot be stored in %s: %s", file.parent, error.strerror)
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
        logger.error("The picture %s cannot be renamed: %s", file, error.strerror)
        return ""
    return f"/avatars/{name}"


def rename_back(url: str, before: str) -> None:
    """Undo `rename_file`: the change that needed it was not stored."""
    if url != before and (file := file_of(url)):
        file.rename(file.with_name(before.rpartition("/")[2]))


def discard(url: str) -> None:
    """Delete the file of a picture; no error for an avatar that has none."""
    if file := file_of(url):
        _delete(file)


def _delete(file: Path) -> None:
    """Delete a file, or leave it to the next `sweep`: what it belonged to is gone all the same."""
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        logger.error("The picture %s cannot be deleted: %s", file, error.strerror)


def sweep(app: Flask) -> None:
    """Delete the files that belong to no user, but for those of requests under way; make the others private."""
    owned = {url.rpartition("/")[2] for url in db.session.scalars(db.select(User.avatar)) if OWN_URL.fullmatch(url)}
    for file in folder(app).iterdir():
        if file.name in owned:
            # Of another owner, as in a restored backup, it stays as it is.
            with suppress(OSError):
                file.chmod(0o600)
        elif file.is_file() and file.stat().st_mtime < time.time() - UNDER_WAY_SECONDS:
            _delete(file)


def file_of(url: str) -> Path | None:
    found = OWN_URL.fullmatch(url)
    file = folder(current_app) / found[1] if found else None
    return file if file and file.exists() else None
