"""Static files under versioned URLs, which browsers cache for a year, and each compressed once.

`url_for("static", filename="css/base.css")` gives `/static/<version>/css/base.css`. The version is a digest of all
files, made when the site starts. It is a folder and not a query, so that a module's relative imports carry it too,
without a build step. URLs without a version (`/static/avatars/ada.svg`, which the database holds) or with an old one
work as well; browsers revalidate those by ETag.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from mimetypes import guess_type
from pathlib import Path

from flask import Response, abort, current_app, request
from werkzeug.security import safe_join

from web import compression, concurrency

FOREVER_SECONDS = 365 * 24 * 3600
VERSION_LETTERS = 12
# Inlined: a browser asks for an imported stylesheet one round trip later, and paints nothing until it has come.
IMPORT = re.compile(rb'@import "([\w-]+\.css)";')


@dataclass(frozen=True)
class Asset:
    """A file's content and digest."""

    data: bytes
    digest: str
    mimetype: str


def init_app(app):
    folder = Path(app.static_folder)
    version = digest_of(folder)
    app.extensions["assets"] = version
    app.view_functions["static"] = serve
    app.url_defaults(lambda endpoint, values: add_version(version, endpoint, values))


def digest_of(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    whole = hashlib.sha256()
    for path in files:
        whole.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()[:VERSION_LETTERS]


def add_version(version, endpoint, values):
    if endpoint == "static" and "filename" in values:
        values["filename"] = f"{version}/{values['filename']}"


def serve(filename):
    """Serve a file of static/, with or without the version in its name."""
    first, _, rest = filename.partition("/")
    is_current = first == current_app.extensions["assets"]
    asset = find(rest if is_current or is_version(first) else filename) or abort(404)
    encoding = compression.accepted() if compression.is_text(asset.mimetype) else None
    response = Response(compressed(asset, encoding), mimetype=asset.mimetype)
    response.set_etag(asset.digest)
    compression.set_encoding_headers(response, encoding)
    set_cache_headers(response, is_current)
    return response.make_conditional(request)


def is_version(name: str) -> bool:
    return len(name) == VERSION_LETTERS and set(name) <= set("0123456789abcdef")


def find(name: str) -> Asset | None:
    path = safe_join(current_app.static_folder, name)
    if path is None or not Path(path).is_file():
        return None
    stat = Path(path).stat()
    return read(path, stat.st_mtime_ns, stat.st_size)


@cache
def read(path: str, _changed: int, _size: int) -> Asset:
    data = Path(path).read_bytes()
    if path.endswith(".css"):
        data = IMPORT.sub(lambda found: (Path(path).parent / found[1].decode()).read_bytes(), data)
    mimetype = guess_type(path)[0] or "application/octet-stream"
    return Asset(data, hashlib.sha256(data).hexdigest()[:VERSION_LETTERS], mimetype)


@cache
def compressed(asset: Asset, encoding: str | None) -> bytes:
    """The bytes to send. Off the event loop: the best compression of Turbo takes half a second."""
    if encoding is None:
        return asset.data
    return concurrency.offload(compression.compress, asset.data, encoding, compression.BEST_LEVELS)


def set_cache_headers(response, is_current):
    if is_current:
        response.cache_control.public = response.cache_control.immutable = True
        response.cache_control.max_age = FOREVER_SECONDS
    else:
        response.cache_control.no_cache = True
