"""What there is to learn: Markdown on disk, read once at the start, and the pages that show it.

    courses.init_app(app)        reads the content (CONTENT_DIR, a Flask key, names another folder) and adds the pages
    courses.add_block(app, "poll", BlockKind(parse, template))   before init_app: a fence that is no code (blocks.py)
    courses.add_template(app, "after_chapter", template)         what others show in a lesson's page (SLOTS)
    courses.current_catalog()    the Catalog of the current app: find(place), neighbours(place), titles()
    courses.CatalogError         a broken file; the message names file, line and what is wrong

In every template: `place_titles` {place: title} and `url_for_place(place)`.
"""

from pathlib import Path

from accounts import data_asked
from web.config import ROOT

from .blocks import Block, BlockKind, BlockSource, ChapterEnd
from .catalog import Catalog, CatalogError, Course, Lesson, Section, url
from .loader import load
from .progress import part_of_data
from .views import blueprint, current_catalog

__all__ = [
    "Block",
    "BlockKind",
    "BlockSource",
    "Catalog",
    "CatalogError",
    "ChapterEnd",
    "Course",
    "Lesson",
    "Section",
    "add_block",
    "add_template",
    "current_catalog",
    "init_app",
    "url",
]

CONTENT = ROOT / "courses" / "content"
# After each chapter (`part.anchor` is the chapter's), and below the open lesson in the contents (`lesson`).
SLOTS = ("after_chapter", "in_contents")


def add_block(app, name: str, kind: BlockKind) -> None:
    """Let fences of the language `name` be blocks of this kind."""
    app.extensions.setdefault("course_blocks", {})[name] = kind


def add_template(app, slot: str, template: str) -> None:
    """Include a template of another package in the pages of courses, in one of SLOTS."""
    _templates(app)[slot].append(template)


def _templates(app) -> dict[str, list[str]]:
    return app.extensions.setdefault("course_templates", {slot: [] for slot in SLOTS})


def init_app(app):
    kinds = app.extensions.setdefault("course_blocks", {})
    catalog = load(Path(app.config.get("CONTENT_DIR", CONTENT)), Path(app.config.get("CONTENT_ROOT", ROOT)), kinds)
    app.extensions["courses"] = catalog
    app.jinja_env.globals.update(place_titles=catalog.titles(), url_for_place=url)
    app.jinja_env.globals["course_templates"] = _templates(app)
    app.register_blueprint(blueprint)
    data_asked.connect(part_of_data, sender=app)
