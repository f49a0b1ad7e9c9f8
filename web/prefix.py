"""The site below a path of its host, like `/study`: from SCRIPT_NAME, or X-Forwarded-Prefix of a trusted proxy.

Lessons are rendered once, before any request, so links in pages start at the root. Where there is a prefix, it is added
to them and to redirects here, in one place. Scripts read it from the body's `data-root` (static/js/site/root.js).
"""

import re

from flask import Flask, Response, request

LINK = re.compile(r'(\s(?:href|src|action|formaction|poster|data-plots|data-seen)=")(/[^"]*)')


def init_app(app: Flask) -> None:
    app.after_request(add_prefix)


def add_prefix(response: Response) -> Response:
    root = request.script_root
    if not root:
        return response
    if location := response.headers.get("Location"):
        response.headers["Location"] = below(root, location)
    if response.mimetype == "text/html" and not response.is_streamed:
        html = response.get_data(as_text=True)
        response.set_data(LINK.sub(lambda link: link[1] + below(root, link[2]), html))
    return response


def below(root: str, path: str) -> str:
    """The path below the prefix. One that is there already, and an address of another host, stays as it is."""
    if not path.startswith("/") or path.startswith("//") or path == root or path.startswith(f"{root}/"):
        return path
    return root + path
