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


class ClientFiles:
    """The route of the files, and `presence_client` for templates."""

    def __init__(self) -> None:
        self._files = find_files()
        self._version = digest_of(self._files)
        # Built once for each prefix: every page asks for it.
        self._url_below = lru_cache(PREFIXES_KEPT)(lambda _prefix: self._url())

    def blueprint(self) -> Blueprint:
        blueprint = Blueprint("presence_client", __name__)
        blueprint.get("/presence/client/<version>/<path:filename>")(self.file)
        blueprint.app_context_processor(self._for_templates)
        return blueprint

    def file(self, version: str, filename: str) -> Response:
        if filename not in self._files:
            abort(404)
        is_current = version == self._version
        response = send_file(self._files[filename], max_age=FOREVER_SECONDS if is_current else 0)
        if is_current:
            response.cache_control.immutable = True
        return response

    def _url(self) -> str:
        return url_for("presence_client.file", version=self._version, filename="-").removesuffix("/-")

    def _for_templates(self) -> dict[str, str]:
        return {"presence_client": self._url_below(request.script_root) if has_request_context() else self._url()}
