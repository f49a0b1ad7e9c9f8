"""Serves the site exactly as `python app.py` does, on the scratch content of a fixture.

    python benchmarks/serve.py FOLDER PORT [--heartbeat INTERVAL TIMEOUT]

`CONTENT_DIR` is not an environment setting, so `create_app` is called here; all the rest is the site's own code.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from web import concurrency

concurrency.patch()

from fixture import settings  # noqa: E402

from app import create_app  # noqa: E402
from presence.transport import heartbeat as beats  # noqa: E402
from presence.transport import socketio_options  # noqa: E402
from server import serve  # noqa: E402
from web import template_cache  # noqa: E402


def main(folder: Path, port: str, heartbeat: list[str]) -> None:
    if heartbeat:
        socketio_options.PING_SECONDS, socketio_options.PONG_SECONDS = map(int, heartbeat[1:])
        # A divisor of all that are compared. With the usual one a heartbeat of 10 s would come after 12 s.
        beats.LOOK_SECONDS = 2.0
    app = create_app(settings(folder) | {"PORT": port, "SAMPLE_USERS": "off"})
    # A site that has been up for a minute has done this; the load comes at once.
    template_cache.fill(app, sleep=lambda seconds: None)
    serve(app)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2], sys.argv[3:])
