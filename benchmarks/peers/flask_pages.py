"""Serves one of two small Flask apps with eventlet's own server, as a measure for the site's pages.

    python benchmarks/peers/flask_pages.py bare|flaskr FOLDER PORT

bare      a view that returns a constant
flaskr    Flask's tutorial (tutorial.py) with ten posts; its index asks SQLite and renders a template
"""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent), str(Path(__file__).resolve().parent.parent.parent)]

from web import concurrency  # noqa: E402

concurrency.patch()

import eventlet.wsgi  # noqa: E402
import flask  # noqa: E402
import tutorial  # noqa: E402

POSTS = 10


def bare(_folder: Path) -> flask.Flask:
    app = flask.Flask(__name__)
    app.add_url_rule("/", view_func=lambda: "<!doctype html><title>A page</title><p>Hello.")
    return app


def flaskr(folder: Path) -> flask.Flask:
    sys.path.insert(0, str(tutorial.folder()))
    import flaskr.db

    app = flaskr.create_app({"SECRET_KEY": "bench", "DATABASE": str(folder / "flaskr.sqlite")})
    with app.app_context():
        flaskr.db.init_db()
        database = flaskr.db.get_db()
        database.execute("INSERT INTO user (username, password) VALUES ('ada', 'none')")
        rows = [(f"Post {number}", "Some words. " * 20) for number in range(POSTS)]
        database.executemany("INSERT INTO post (title, body, author_id) VALUES (?, ?, 1)", rows)
        database.commit()
    return app


if __name__ == "__main__":
    name, folder, port = sys.argv[1:]
    app = {"bare": bare, "flaskr": flaskr}[name](Path(folder))
    eventlet.wsgi.server(eventlet.listen(("127.0.0.1", int(port))), app, log_output=False, debug=False)
