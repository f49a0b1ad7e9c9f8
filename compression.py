"""Smaller answers: which encoding a request takes, and bytes packed with it.

Text that is the same for everybody is packed, whatever the length of it may tell. A page for somebody who is signed
in, or one with a form, holds a token beside text that others choose (names, `next`), and whoever can watch the wire
and choose such text could guess the token by the length of the packed answer (BREACH, 2013). Those pages travel as
they are.
"""

import gzip

import brotli
from flask import g, request
from flask_login import current_user

WORTH_BYTES = 1_000
# Of a page that is made for one answer; files that are packed once get the best.
QUICK, BEST = {"br": 4, "gzip": 5}, {"br": 11, "gzip": 9}
TEXT = ("text/", "application/json", "application/javascript", "image/svg+xml")


def init_app(app):
    app.after_request(pack_page)


def pack_page(response):
    if is_text(response.mimetype) and not response.is_streamed and response.status_code == 200 and is_for_everybody():
        encoding = accepted()
        if encoding and "Content-Encoding" not in response.headers and len(response.get_data()) >= WORTH_BYTES:
            response.set_data(pack(response.get_data(), encoding, QUICK))
            mark(response, encoding)
    return response


def is_for_everybody() -> bool:
    """Whether the answer holds no secret: nobody is signed in and no form token was made for it."""
    return not current_user.is_authenticated and "csrf_token" not in g


def is_text(mimetype: str | None) -> bool:
    return bool(mimetype) and mimetype.startswith(TEXT)


def accepted() -> str | None:
    """The best of the encodings that the request takes, brotli before gzip."""
    return next((name for name in ("br", "gzip") if request.accept_encodings.quality(name) > 0), None)


def pack(data: bytes, encoding: str, levels: dict[str, int]) -> bytes:
    if encoding == "br":
        return brotli.compress(data, mode=brotli.MODE_TEXT, quality=levels["br"])
    # Without a time the same bytes come out every time.
    return gzip.compress(data, levels["gzip"], mtime=0)


def mark(response, encoding: str | None) -> None:
    """Say how the answer is packed. A cache must not give it to who cannot unpack it, nor take it for the plain one."""
    response.vary.add("Accept-Encoding")
    if encoding is None:
        return
    response.headers["Content-Encoding"] = encoding
    etag, weak = response.get_etag()
    if etag:
        response.set_etag(f"{etag}-{encoding}", weak)
