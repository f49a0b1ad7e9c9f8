"""The files that lessons show: media beside them, and source files of this repository."""

from typing import Any

from flask import Response, render_template

from .current import current_catalog
from .media import send, version_of
from .real_files import real
from .views import blueprint, missing


@blueprint.get("/media/<course>/<section>/<file>")
@blueprint.get("/media/<course>/<section>/<path:path>")
def media(course: str, section: str, file: str = "", path: str = "") -> Response:
    """A file beside a lesson that shows it, or a range of it."""
    name = f"{course}/{section}/{file or path}"
    found = current_catalog().media.get(name)
    # Since the start the file may have been deleted, or replaced by a link to another one.
    if found is None or not found.is_file() or real(found) != found:
        missing("file", name)
    return send(found)


def add_version(endpoint: str, values: dict[str, Any]) -> None:
    """Let `url_for("courses.media", ...)` name the file with its version, so that browsers keep it."""
    if endpoint == "courses.media" and "file" in values:
        path = current_catalog().media.get("{course}/{section}/{file}".format(**values))
        if path and path.is_file():
            values.setdefault("v", version_of(path))


@blueprint.get("/source/<path:path>")
def source(path: str) -> str:
    """A file of this repository, when a lesson links to it."""
    file = current_catalog().sources.get(path) or missing("source file", path)
    return render_template("courses/source.html", place="", path=path, html=file.html)
