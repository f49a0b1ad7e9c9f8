"""The headers of every response: content security policy, HTTPS only, and which caches may keep the page."""

import flask
from flask import request

from web.visitor import is_signed_in

HSTS = "max-age=31536000"

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def policy(**more: str) -> str:
    """The site's content security policy; `frame_src="https://..."` adds a directive for one page."""
    directives = {**POLICY, **{name.replace("_", "-"): sources for name, sources in more.items()}}
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


HEADERS = {
    "Content-Security-Policy": policy(),
    "X-Content-Type-Options": "nosniff",
    # Not `no-referrer`: with that a browser sends `Origin: null` with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
}


def add_headers(response: flask.Response) -> flask.Response:
    # `setdefault` would look through all headers three times for each.
    there = {name.lower() for name, _ in response.headers}
    for name, value in HEADERS.items():
        if name.lower() not in there:
            response.headers.add(name, value)
    if ancestors := flask.current_app.config["FRAME_ANCESTORS"]:
        allowed = f"frame-ancestors 'self' {ancestors}"
        found = response.headers["Content-Security-Policy"]
        response.headers["Content-Security-Policy"] = found.replace("frame-ancestors 'none'", allowed)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = HSTS
    return response


def set_cache_policy(response: flask.Response) -> flask.Response:
    """Keep pages for signed-in users out of all caches, so that the back button after sign-out shows no one's face.

    A guest's page may be kept by the browser alone: it can hold a form token. A view that sets its own Cache-Control,
    as static files do, keeps it.
    """
    if "Cache-Control" not in response.headers:
        kind = "no-store" if is_signed_in() else "no-cache"
        response.headers["Cache-Control"] = f"private, {kind}"
    return response
