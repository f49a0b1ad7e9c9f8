"""Smaller answers: which encoding a request takes, and bytes packed with it.

A packed answer tells by its length when text that somebody chose repeats a secret that stands beside it (BREACH, 2013).
So what is packed is chosen by what it holds:

    the same for everybody (files, pages for guests)    always
    lessons of somebody who is signed in                yes, with a random length added: beside the form token stand the
                                                        names of others. To guess, one would have to make their browser
                                                        load it some thousand times; our cookies are SameSite=Lax, so no
                                                        other site can, and the noise drowns the loads of a day.
    forms, the account, errors                          never: they are small, and `next` is whatever a link says
"""

import gzip
import secrets

import brotli
from flask import g, request
from flask_login import current_user

WORTH_BYTES = 1_000
# Of a page that is made for one answer; files that are packed once get the best.
QUICK, BEST = {"br": 4, "gzip": 5}, {"br": 11, "gzip": 9}
# Blueprints whose pages are packed for those who are signed in too.
WITH_NOISE = {"courses"}
NOISE_BYTES = 128
TEXT = ("text/", "application/json", "application/javascript", "image/svg+xml")


def init_app(app):
    app.after_request(pack_page)


def pack_page(response):
    if not (is_text(response.mimetype) and response.status_code == 200 and not response.is_streamed):
        return response
    is_open = is_for_everybody()
    encoding = accepted() if is_open or request.blueprint in WITH_NOISE else None
    data = response.get_data()
    if encoding and "Content-Encoding" not in response.headers and len(data) >= WORTH_BYTES:
        is_plain = is_open or response.mimetype != "text/html"
        response.set_data(pack(data if is_plain else data + noise(), encoding, QUICK))
        mark(response, encoding)
    return response


def noise() -> bytes:
    return f"<!-- {secrets.token_urlsafe(secrets.randbelow(NOISE_BYTES))} -->".encode()


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
