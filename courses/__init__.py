"""The courses: Markdown on disk, read once at the start, and the pages that show it.

    courses.init_app(app)        reads the content (CONTENT_DIR, a Flask key, names another folder) and adds the pages
    courses.add_block(app, "poll", BlockKind(parse, template))   before init_app: a fence that is not code (blocks.py)
    courses.add_template(app, "after_chapter", template)         what others show in a lesson's page (SLOTS)
    courses.current_catalog()    the Catalog of the current app: find(place), neighbours(place), titles()
    courses.CatalogError         a broken file; the message names file, line and what is wrong

In every template: `place_titles` {place: title} and `url_for_place(place)`.
"""

from pathlib import Path
from typing import cast

from flask import Flask

from accounts import data_asked
from web.config import ROOT, ConfigError

from . import cli, reload, search_views
from .anchors import place_url as url
from .blocks import Block, BlockKind, BlockSource, ChapterEnd
from .catalog import Catalog
from .course import Course, Section
from .current import PlaceTitles, Source, catalog_of, current_catalog
from .faults import CatalogError
from .file_views import add_version
from .lesson import Lesson
from .progress import lost, part_of_data
from .search import Index
from .views import blueprint

__all__ = [
    "Block",
    "BlockKind",
    "BlockSource",
    "Catalog",
    "CatalogError",
    "ChapterEnd",
    "Course",
    "Index",
    "Lesson",
    "Section",
    "add_block",
    "add_template",
    "catalog_of",
    "current_catalog",
    "init_app",
    "url",
    "warnings",
]

CONTENT = ROOT / "courses" / "content"
# After each chapter (`part.anchor` is the chapter's), below the open lesson in the contents (`lesson`), between the
# lesson's title and its text, after the lesson's text, on the page of a course (`course`), beside "to recall today", at
# the end of every page, and in the head of a lesson's page.
SLOTS = (
    "after_chapter",
    "in_contents",
    "above_text",
    "after_lesson",
    "after_course",
    "in_recall",
    "every_page",
    "head",
)


def add_block(app: Flask, name: str, kind: BlockKind) -> None:
    """Let fences of the language `name` be blocks of this kind."""
    app.extensions.setdefault("course_blocks", {})[name] = kind


def add_template(app: Flask, slot: str, template: str) -> None:
    """Include a template of another package in the pages of courses, in one of SLOTS."""
    _templates(app)[slot].append(template)


def _templates(app: Flask) -> dict[str, list[str]]:
    return app.extensions.setdefault("course_templates", {slot: [] for slot in SLOTS})


def init_app(app: Flask) -> None:
    source = _source(app)
    try:
        catalog = source.load()
    except CatalogError:
        if not reload.is_cli():
            raise
        catalog = Catalog()
    app.extensions.update(courses=catalog, course_index=(catalog, Index.of(catalog)))
    app.extensions.update(course_source=source, course_reloader=reload.Reloader(app, source))
    app.jinja_env.globals.update(place_titles=PlaceTitles(app), url_for_place=url, course_templates=_templates(app))
    app.register_blueprint(blueprint)
    app.register_blueprint(search_views.blueprint)
    app.cli.add_command(cli.group)
    app.url_defaults(add_version)
    data_asked.connect(part_of_data, sender=app)


def _source(app: Flask) -> Source:
    """The folder of CONTENT_DIR, or the sample courses. `file:` links are relative to it, or to this repository."""
    folder = app.config["CONTENT_DIR"]
    if folder and not Path(folder).is_dir():
        raise ConfigError(f"CONTENT_DIR '{folder}' is not a folder.")
    root = app.config.get("CONTENT_ROOT") or folder or ROOT
    kinds = app.extensions.setdefault("course_blocks", {})
    return Source(Path(folder or CONTENT), Path(root), Path(cast(str, app.static_folder)), kinds)


def warnings(app: Flask) -> list[str]:
    """Warnings for the operator at the start: files that are not read, progress whose lesson is gone."""
    catalog = app.extensions["courses"]
    with app.app_context():
        return [*catalog.warnings, *lost(catalog)]
