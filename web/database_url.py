"""URLs of databases: the driver that does not block, the file in the instance folder, the password masked."""

import re
from pathlib import Path

from sqlalchemy.engine import make_url

DEFAULT = "sqlite:///site.db"


def complete(url: str | None, folder: str) -> str:
    """The URL with its driver, and with a SQLite file in `folder` unless its path is absolute."""
    url = url or DEFAULT
    parsed = make_url(url)
    if parsed.drivername in ("postgres", "postgresql"):
        # SQLAlchemy 2.1 would pick psycopg 3, which waits in C and stops every socket of the process.
        url = parsed.set(drivername="postgresql+psycopg2").render_as_string(hide_password=False)
    name = parsed.database
    if parsed.get_backend_name() == "sqlite" and name and not name.startswith((":", "file:", "/")):
        url = parsed.set(database=str(Path(folder) / name)).render_as_string(hide_password=False)
    return url


def masked(value: object) -> str:
    """A value without the password that a URL may hold."""
    return re.sub(r"//[^/@]*@", "//***@", str(value))
