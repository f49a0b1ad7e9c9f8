"""Files beside lessons, served at `/media/<course>/<section>/<file>`: pictures, videos, handouts.

They lie beside the Markdown files and are served only if the content names them: `Media` is the table of those files,
made at the start, and no path is ever made from a request. A file is read piece by piece, with ranges: Safari plays no
video without them, and Chromium cannot seek. The `?v=` in its URL changes with the file, so browsers keep it a year.
"""

import hashlib
import re
from functools import cache
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import quote, unquote

from flask import Response, request, send_file

from .anchors import normal
from .conditions import obey
from .real_files import is_inside, real

FOLDER = "media"
TYPES = {".webm": "video/webm", ".mp4": "video/mp4", ".vtt": "text/vtt", ".webp": "image/webp"}
# Shown in the page or a tab. All else is downloaded: an HTML file would be a page of this site.
SHOWN = re.compile(r"(image|video|audio)/.*|application/pdf|text/(plain|vtt|csv)")
YEAR_SECONDS = 365 * 24 * 3600
VERSION_LETTERS = 12
# Larger files are told apart by size and time: reading them would delay each start.
HASHED_BYTES = 16_000_000
MARKDOWN = re.compile(r"\.(md|markdown|mdown|mkd)", re.IGNORECASE)


class Media:
    """The files that content names, by `<course>/<section>/<file>`. `content` is the folder of the courses."""

    def __init__(self, content: Path) -> None:
        self.content = content
        self.files: dict[str, Path] = {}

    def add(self, page: Path, place: str, source: str) -> str:
        """Serve the file that the page at `place` names, like `images/diffs.png`. Returns its URL.

        Raises LookupError with a sentence for a file that is not there or may not be served.
        """
        path = file_beside(page, source, self.content)
        if not is_inside(path, self.content) or MARKDOWN.fullmatch(real(path).suffix):
            raise LookupError(f"The file '{source}' is a link that leads out of the course.")
        name = self._name(path)
        self.files[name] = real(path)
        return f"/media/{quote(name)}?v={version_of(path)}"

    def _name(self, path: Path) -> str:
        """The path below the content folder, without the numbers of sections and without the folder `media`."""
        parts = path.relative_to(self.content).parts
        folder = self.content.joinpath(*parts[:2])
        course, section, *rest = parts if len(parts) > 2 else (*parts[:-1], *["-"] * (3 - len(parts)), parts[-1])
        if (folder / "section.md").is_file():
            section = section.partition("-")[2]
        if rest[0] == FOLDER and len(rest) > 1 and not folder.joinpath(*rest[1:]).exists():
            rest = rest[1:]
        return normal("/".join((course, section, *rest)))


def file_beside(page: Path, source: str, content: Path | None = None) -> Path:
    """The file that a page names by a path relative to itself. It must lie in the page's folder, or in `content`."""
    parts = [part for part in unquote(source.partition("?")[0].partition("#")[0]).split("/") if part != "."]
    path = page.parent
    for part in parts:
        path = path.parent if part == ".." else _child(path, part)
    is_hidden = any(part[:1] in (".", "") for part in parts if part != "..")
    if is_hidden or not path.is_relative_to(content or page.parent):
        raise LookupError(f"The file '{source}' must lie beside the lesson.")
    if MARKDOWN.fullmatch(path.suffix) or not _is_file(path):
        raise LookupError(f"The file '{source}' does not exist.")
    return path


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        # No name that a file can have: one of 256 letters, for example.
        return False


def _child(folder: Path, name: str) -> Path:
    """The file with this name, whichever Unicode form the file system keeps it in."""
    path = folder / name
    if _is_file(path) or name.isascii() or not folder.is_dir():
        return path
    return next((one for one in folder.iterdir() if normal(one.name) == normal(name)), path)


def version_of(path: Path) -> str:
    stat = path.stat()
    return _version(path, stat.st_size, stat.st_mtime_ns)


@cache
def _version(path: Path, size: int, changed: int) -> str:
    data = path.read_bytes() if size <= HASHED_BYTES else f"{size} {changed}".encode()
    return hashlib.sha256(data).hexdigest()[:VERSION_LETTERS]


def type_of(path: Path) -> str:
    return TYPES.get(path.suffix.lower()) or guess_type(path.name)[0] or "application/octet-stream"


def send(path: Path) -> Response:
    """A file, or the range of it that the request asks for."""
    mimetype = type_of(path)
    is_shown = SHOWN.fullmatch(mimetype) is not None
    # Under its version a file never changes. Without it, browsers revalidate by ETag; so they do with another one,
    # which may come from a process that has not read the new content yet.
    version = version_of(path)
    age = YEAR_SECONDS if request.args.get("v") == version else None
    # By its content, so that all processes and machines have one name for it.
    response = send_file(path, mimetype, conditional=False, etag=version, max_age=age, as_attachment=not is_shown)
    if age:
        response.cache_control.public = response.cache_control.immutable = True
    if mimetype == "image/svg+xml":
        # Opened by itself, a drawing is a document and could run scripts.
        response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    return obey(response, request.environ, path.stat().st_size)
