"""What there is to learn: Markdown on disk, read once at the start, and the pages that show it.

    courses.init_app(app)        reads the content (CONTENT_DIR, a Flask key, names another folder) and adds the pages
    courses.current_catalog()    the Catalog of the current app: find(place), neighbours(place), titles()
    courses.CatalogError         a broken file; the message names file, line and what is wrong

In every template: `place_titles` {place: title} and `url_for_place(place)`.
"""

from pathlib import Path

from accounts import data_asked
from web.config import ROOT

from .catalog import Catalog, CatalogError, Course, Lesson, Section, url
from .loader import load
from .progress import part_of_data
from .views import blueprint, current_catalog

__all__ = ["Catalog", "CatalogError", "Course", "Lesson", "Section", "current_catalog", "init_app", "url"]

CONTENT = ROOT / "courses" / "content"


def init_app(app):
    catalog = load(Path(app.config.get("CONTENT_DIR", CONTENT)), Path(app.config.get("CONTENT_ROOT", ROOT)))
    app.extensions["courses"] = catalog
    app.jinja_env.globals.update(place_titles=catalog.titles(), url_for_place=url)
    app.register_blueprint(blueprint)
    data_asked.connect(part_of_data, sender=app)
