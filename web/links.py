"""`url_for` of templates: the URLs of pages, each built once. Flask needs 0.03 ms for one, and a page has ten.

They start at the root, as all links of a page do until prefix.py adds the prefix, so a fragment that holds one is good
for every prefix.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, has_request_context, request

KEPT, LONGEST_KEPT = 4096, 500


def init_app(app: Flask) -> None:
    app.extensions["page_url"] = page_urls(app)
    app.jinja_env.globals["url_for"] = url_for


def page_urls(app: Flask) -> Callable[[str, str], str]:
    """A function that builds the URL of a page, with `next` if that is not ""."""

    @lru_cache(KEPT)
    def page_url(endpoint: str, next_page: str) -> str:
        return app.url_for(endpoint, next=next_page or None).removeprefix(request.script_root)

    return page_url


def url_for(endpoint: str, **values: Any) -> str:
    """Flask's `url_for`. A URL with other values than `next` may change, as that of a file does with its version."""
    if values.keys() - {"next"} or endpoint.startswith(".") or not has_request_context():
        return current_app.url_for(endpoint, **values)
    build, next_page = current_app.extensions["page_url"], values.get("next") or ""
    # A visitor chooses `next`: thousands of long ones would be tens of megabytes.
    url: str = (build if len(next_page) <= LONGEST_KEPT else build.__wrapped__)(endpoint, next_page)
    return url
