"""Static files under versioned URLs, which browsers cache for a year, and each compressed once.

`url_for("static", filename="css/base.css")` gives `/static/<version>/css/base.css`. The version is a digest of all
files, made when the site starts. It is a folder and not a query, so that a module's relative imports carry it too,
without a build step. URLs without a version (`/static/avatars/ada.svg`, which the database holds) or with an old one
work as well; browsers revalidate those by ETag. Large files (videos, archives) are never in memory as a whole. All
files are served in ranges on request.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from mimetypes import guess_type
from pathlib import Path
from typing import Any, cast

from flask import Flask, Response, abort, current_app, request, send_file
from werkzeug.security import safe_join

from web import compression, concurrency
from web.script_bundle import bundle

FOREVER_SECONDS = 365 * 24 * 3600
VERSION_LETTERS = 12
# Larger files are streamed, and compared by their size and three samples: reading them would delay each start.
LARGE_BYTES = 1_000_000
SAMPLE_BYTES = 64_000
# Inlined: a browser asks for an imported stylesheet one round trip later, and paints nothing until it has come.
IMPORT = re.compile(rb'@import "([\w-]+\.css)";')
# Whole-line comments and indentation, a third of what a page's scripts weigh compressed. Licences (`/*!`) stay, and so
# do the line breaks: browsers report the lines of the files.
INDENT = re.compile(rb"^[ \t]+", re.MULTILINE)
COMMENT = re.compile(rb"^[ \t]*(?://[^\n]*|/\*(?!!)(?:[^*]|\*(?!/))*\*/[ \t]*$)", re.MULTILINE)
# The part of Turbo that morphs one page into another. No page of this site asks for it, and it is a sixth of Turbo.
UNUSED = re.compile(rb"^var Idiomorph = \(function \(\) \{$.*?^\}\)\(\);$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Asset:
    """A file's content and digest."""

    data: bytes
    digest: str
    mimetype: str


def init_app(app: Flask) -> None:
    folder = Path(cast(str, app.static_folder))
    version = digest_of(folder)
    app.extensions["assets"] = version
    app.view_functions["static"] = serve
    app.jinja_env.globals["static_url"] = lambda filename: f"{app.static_url_path}/{version}/{filename}"
    app.url_defaults(lambda endpoint, values: add_version(version, endpoint, values))


def digest_of(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    whole = hashlib.sha256()
    for path in files:
        whole.update(path.relative_to(folder).as_posix().encode() + b"\0" + content_or_samples(path))
    return whole.hexdigest()[:VERSION_LETTERS]


def content_or_samples(path: Path) -> bytes:
    size = path.stat().st_size
    if size <= LARGE_BYTES:
        return path.read_bytes()
    samples = [str(size).encode()]
    with path.open("rb") as file:
        for start in (0, size // 2, size - SAMPLE_BYTES):
            file.seek(start)
            samples.append(file.read(SAMPLE_BYTES))
    return b"\0".join(samples)


def add_version(version: str, endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static" and "filename" in values:
        values["filename"] = f"{version}/{values['filename']}"


def serve(filename: str) -> Response:
    """Serve a file of static/, with or without the version in its name."""
    first, _, rest = filename.partition("/")
    is_current = first == current_app.extensions["assets"]
    path = find(rest if is_current or is_version(first) else filename) or abort(404)
    stat = path.stat()
    if stat.st_size > LARGE_BYTES:
        response = send_file(path, mimetype_of(path), conditional=True)
    else:
        scripts = Path(cast(str, current_app.static_folder), "js")
        response = from_memory(read(path, scripts, stat.st_mtime_ns, stat.st_size))
    set_cache_headers(response, is_current)
    return response


def from_memory(asset: Asset) -> Response:
    # A range counts the bytes of the file as it is, so it is sent uncompressed.
    is_whole = "Range" not in request.headers
    encoding = compression.accepted() if compression.is_text(asset.mimetype) and is_whole else None
    data = compressed(asset, encoding)
    response = Response(data, mimetype=asset.mimetype)
    response.set_etag(asset.digest)
    compression.set_encoding_headers(response, encoding)
    response.make_conditional(request, accept_ranges=True, complete_length=len(data))
    return response


def is_version(name: str) -> bool:
    return len(name) == VERSION_LETTERS and set(name) <= set("0123456789abcdef")


def find(name: str) -> Path | None:
    path = safe_join(cast(str, current_app.static_folder), name)
    try:
        return Path(path) if path and Path(path).is_file() else None
    except OSError:
        # No name that a file can have: one of 256 letters, for example.
        return None


def mimetype_of(path: Path | str) -> str:
    return guess_type(str(path))[0] or "application/octet-stream"


@cache
def read(path: Path, scripts: Path, _changed: int, _size: int) -> Asset:
    data = bundle(path, scripts) if path.suffix == ".js" and path.is_relative_to(scripts) else path.read_bytes()
    if path.suffix == ".css":
        data = IMPORT.sub(lambda found: (path.parent / found[1].decode()).read_bytes(), data)
    elif path.suffix == ".js":
        data = INDENT.sub(b"", COMMENT.sub(line_breaks, UNUSED.sub(line_breaks, data)))
    return Asset(data, hashlib.sha256(data).hexdigest()[:VERSION_LETTERS], mimetype_of(path))


def line_breaks(found: re.Match[bytes]) -> bytes:
    return b"\n" * found[0].count(b"\n")


@cache
def compressed(asset: Asset, encoding: str | None) -> bytes:
    """The bytes to send. Off the event loop: the best compression of Turbo takes half a second."""
    if encoding is None:
        return asset.data
    return concurrency.offload(compression.compress, asset.data, encoding, compression.BEST_LEVELS)


def set_cache_headers(response: Response, is_current: bool) -> None:
    if is_current:
        response.cache_control.no_cache = None
        response.cache_control.public = response.cache_control.immutable = True
        response.cache_control.max_age = FOREVER_SECONDS
    else:
        response.cache_control.no_cache = True
