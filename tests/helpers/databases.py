"""SQLite databases for test sites: made once, and copied for the sites that follow."""

import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

import accounts
from app import create_app
from web import db

CONTENT = Path(__file__).resolve().parent.parent / "content"
CHEAP = "pbkdf2:sha256:1"


def put(instance: Path, samples: bool) -> bool:
    """Put a database with all tables, and with the sample users or without, where there is none; whether it did."""
    file = instance / "site.db"
    if file.exists():
        return False
    instance.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content(samples))
    return True


@cache
def content(samples: bool) -> bytes:
    """The bytes of such a database. A check of the sample users' password costs next to nothing."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"TESTING": True, "INSTANCE_DIR": folder, "PASSWORD_METHOD": CHEAP, "CONTENT_DIR": CONTENT})
        with app.app_context():
            db.create_tables()
            if samples:
                accounts.sample_users.load()
            db.db.engine.dispose()
        with closing(sqlite3.connect(Path(folder, "site.db"))) as connection:
            return connection.serialize()
