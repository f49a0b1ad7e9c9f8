"""Files beside lessons, served at `/media/<course>/<section>/<file>`: videos, captions, pictures.

They lie in the section's folder `media` and are served only if the content names them: `Media` is the table of those
files, made at the start, and no path is ever made of a request. They are no static files, which are kept in memory
whole; a video is read piece by piece, with ranges: Safari plays nothing without them, and Chromium cannot seek.
"""

import re
from pathlib import Path

from flask import Response, send_file

FOLDER = "media"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
TYPES = {
    ".webm": "video/webm",
    ".mp4": "video/mp4",
    ".vtt": "text/vtt",
    ".webp": "image/webp",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".svg": "image/svg+xml",
}
MAX_AGE_SECONDS = 24 * 3600


class Media:
    """The files that content names, by `<course>/<section>/<file>`."""

    def __init__(self) -> None:
        self.files: dict[str, Path] = {}

    def add(self, page: Path, place: str, source: str) -> str:
        """Serve the file that the page at `place` names, like `media/diffs.webm`. Returns its URL.

        Raises LookupError with a sentence for a file that is not there or may not be served.
        """
        path = file_beside(page, source)
        if place.count("/") != 2:
            raise LookupError(f"The file '{source}' can only be named by a lesson.")
        name = f"{place.rpartition('/')[0]}/{path.name}"
        self.files[name] = path
        return f"/media/{name}"


def file_beside(page: Path, source: str) -> Path:
    """The file that a page names, which lies in the folder `media` beside it."""
    folder, _, name = source.partition("/")
    if folder != FOLDER or not NAME.fullmatch(name):
        raise LookupError(f"The file '{source}' must lie in the folder {FOLDER} beside the lesson.")
    path = page.parent / FOLDER / name
    if path.suffix not in TYPES:
        raise LookupError(f"The file '{source}' must be one of {', '.join(TYPES)}.")
    if not path.is_file():
        raise LookupError(f"The file '{source}' does not exist.")
    return path


def send(path: Path) -> Response:
    """A file, or the range of it that the request asks for."""
    return send_file(path, TYPES[path.suffix], conditional=True, max_age=MAX_AGE_SECONDS)
