"""The client's modules over HTTP, for sites that install this package.

`presence_client` in a template is the URL they stand below, `/presence/client/<version>`. The version is a digest of
the files, so browsers keep them for good and fetch new ones after an upgrade:

    model/topics.js            states and diffs of topics
    model/closeness.js         how close people work, and the order of a list
    rooms.js                   rooms; its parts are in rooms/
    socket.io.esm.min.js       the Socket.IO client, as its authors ship it

Only files that were there at the start are served; no path from a request is opened.
"""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, abort, has_request_context, request, send_file, url_for

FOREVER_SECONDS = 365 * 24 * 3600
PREFIXES_KEPT = 16
INSTALLED = Path(__file__).parent.parent / "client"
REPOSITORY = Path(__file__).parent.parent.parent / "static"
"""In a checkout the same files stand in the site's static folder, and are served from there."""


def find_files() -> dict[str, Path]:
    """The client's files by name: the modules without a DOM, and the Socket.IO client."""
    modules, vendor = INSTALLED, INSTALLED / "vendor"
    if not modules.is_dir():
        modules, vendor = REPOSITORY / "js" / "presence", REPOSITORY / "vendor" / "socket.io-client"
    patterns = ("*.js", "*.d.ts", "model/*.js", "rooms/*.js")
    paths = [path for pattern in patterns for path in modules.glob(pattern)] + [*vendor.glob("*.js")]
    names = {path: path.name if path.parent == vendor else path.relative_to(modules).as_posix() for path in paths}
    return {name: path for path, name in sorted(names.items()) if name != "page.js"}


def digest_of(files: dict[str, Path]) -> str:
    """A version that changes with any of the files, 12 hex digits."""
    whole = hashlib.sha256()
    for name, path in files.items():
        whole.update(name.encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()[:12]


def make_blueprint() -> Blueprint:
    """The route of the files, and `presence_client` for templates."""
    blueprint = Blueprint("presence_client", __name__)
    files = find_files()
    current = digest_of(files)

    @blueprint.get("/presence/client/<version>/<path:filename>")
    def file(version: str, filename: str) -> Response:
        if filename not in files:
            abort(404)
        is_current = version == current
        response = send_file(files[filename], max_age=FOREVER_SECONDS if is_current else 0)
        if is_current:
            response.cache_control.immutable = True
        return response

    def address() -> str:
        return url_for("presence_client.file", version=current, filename="-").removesuffix("/-")

    address_below = lru_cache(PREFIXES_KEPT)(lambda _prefix: address())

    @blueprint.app_context_processor
    def for_templates() -> dict[str, str]:
        # Built once for each prefix: this is done for every page.
        return {"presence_client": address_below(request.script_root) if has_request_context() else address()}

    return blueprint
