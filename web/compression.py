"""Brotli and gzip responses, and which of them may be compressed.

The length of a compressed response reveals when text that an attacker chose repeats a secret beside it (BREACH, 2013).
So the content decides:

    the same for everyone (files, guests' pages)    always
    lessons of a signed-in user                     yes, with a random length added. The page holds a form token and
                                                    other users' names. An attacker would have to make the victim's
                                                    browser load it thousands of times; our cookies are SameSite=Lax,
                                                    so no other site can, and the padding hides the loads of a day.
    forms, the account, errors                      never: they are small, and a link chooses the text of `next`
"""

import gzip
import secrets
from functools import lru_cache

import brotli
from flask import Flask, Response, g, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from web.visitor import is_signed_in

MIN_BYTES = 1_000
# Fast for a page that is made for one response: of a lesson, one level more saves 5 % of the bytes and costs 60 % more
# time. Best for files that are compressed once.
FAST_LEVELS, BEST_LEVELS = {"br": 3, "gzip": 3}, {"br": 11, "gzip": 9}
# Blueprints whose pages are compressed for signed-in users too.
PADDED = {"courses"}
PADDING_BYTES = 128
# Some 40 KB each, compressed and not.
PUBLIC_KEPT = 64
TEXT = ("text/", "application/json", "application/javascript", "image/svg+xml")


def init_app(app: Flask) -> None:
    app.after_request(compress_page)


def compress_page(response: Response) -> Response:
    is_page = is_text(response.mimetype) and response.status_code == 200 and not response.is_streamed
    if not is_page or "Content-Encoding" in response.headers or request.endpoint == "static":
        return response
    is_public = holds_no_secret()
    encoding = accepted() if is_public or request.blueprint in PADDED else None
    data = response.get_data()
    if encoding and len(data) >= MIN_BYTES:
        response.set_data(compress_public(data, encoding) if is_public else compress_private(response, data, encoding))
        set_encoding_headers(response, encoding)
    return response


@lru_cache(PUBLIC_KEPT)
def compress_public(data: bytes, encoding: str) -> bytes:
    """Compress a page for guests: many ask for one that is the same until someone moves."""
    return compress(data, encoding, FAST_LEVELS)


def compress_private(response: Response, data: bytes, encoding: str) -> bytes:
    return compress(data + padding() if response.mimetype == "text/html" else data, encoding, FAST_LEVELS)


def padding() -> bytes:
    return f"<!-- {secrets.token_urlsafe(secrets.randbelow(PADDING_BYTES))} -->".encode()


def holds_no_secret() -> bool:
    """Whether the response is for a guest and holds no form token."""
    return not is_signed_in() and "csrf_token" not in g


def is_text(mimetype: str | None) -> bool:
    return mimetype is not None and mimetype.startswith(TEXT)


def accepted() -> str | None:
    """The best encoding that the request accepts, brotli before gzip."""
    return _best(request.headers.get("Accept-Encoding", ""))


@lru_cache(PUBLIC_KEPT)
def _best(header: str) -> str | None:
    found = parse_accept_header(header, Accept)
    return next((name for name in ("br", "gzip") if found.quality(name) > 0), None)


def compress(data: bytes, encoding: str, levels: dict[str, int]) -> bytes:
    if encoding == "br":
        return brotli.compress(data, mode=brotli.MODE_TEXT, quality=levels["br"])
    # Without a timestamp the output is the same every time.
    return gzip.compress(data, levels["gzip"], mtime=0)


def set_encoding_headers(response: Response, encoding: str | None) -> None:
    """Set Content-Encoding, Vary and an ETag of its own, so that a cache keeps the encodings apart."""
    response.vary.add("Accept-Encoding")
    if encoding is None:
        return
    response.headers["Content-Encoding"] = encoding
    etag, weak = response.get_etag()
    if etag:
        response.set_etag(f"{etag}-{encoding}", bool(weak))
