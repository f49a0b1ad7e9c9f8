"""A network that dribbles: passes the site's pages on in small pieces, so that a browser paints them half read."""

import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import requests

PIECE_BYTES, PAUSE_SECONDS = 700, 0.01


@contextmanager
def dribble(url: str):
    """The address of a server on this machine that gets everything from `url`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            cookies = {"Cookie": self.headers.get("Cookie", ""), "Accept-Encoding": "identity"}
            answer = requests.get(url + self.path, headers=cookies, timeout=10)
            self.send_response(answer.status_code)
            self.send_header("Content-Type", answer.headers["Content-Type"])
            self.end_headers()
            self.pass_on(answer)

        def pass_on(self, answer):
            size = PIECE_BYTES if answer.headers["Content-Type"].startswith("text/html") else len(answer.content) or 1
            for start in range(0, len(answer.content), size):
                self.wfile.write(answer.content[start : start + size])
                time.sleep(PAUSE_SECONDS)

        def log_message(self, *_):
            """The tests have nothing to say about each request."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
