"""Protection of every page: form tokens, cookie flags, trusted hosts, the size of a request, and headers.

Cookies are `Secure` exactly when the request came over https, as Flask sees it: with TRUSTED_PROXIES=0 that is the
connection itself, with 1 or more the `X-Forwarded-Proto` header of that many proxies in front. A fixed flag would make
sign-in impossible on a site served over plain http on a laptop.
"""

import logging
from typing import Any

import flask
from flask import g, request
from flask_login import current_user
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError, generate_csrf
from werkzeug.middleware.proxy_fix import ProxyFix

from web import errors, security_headers
from web.request import FORM_WITHOUT_FILES, Request
from web.trusted_hosts import TrustedHosts

CONFIG = {
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "REMEMBER_COOKIE_HTTPONLY": True,
    "REMEMBER_COOKIE_SAMESITE": "Lax",
    # As long as the session: a learner who reads one page all afternoon can still mark it as done, and a limit would
    # refuse the tokens of a machine whose clock runs ahead.
    "WTF_CSRF_TIME_LIMIT": None,
    # Replaced by `refuse_cross_site_form`, which also serves browsers that send no referrer.
    "WTF_CSRF_SSL_STRICT": False,
}

LARGEST_REQUEST = 64 * 1024


class Response(flask.Response):
    """A response whose cookies are all `Secure` when the request is."""

    def set_cookie(self, *args: Any, secure: bool = False, **options: Any) -> None:
        super().set_cookie(*args, secure=secure or request.is_secure, **options)  # type: ignore[misc]


def init_app(app: flask.Flask) -> None:
    for key, value in CONFIG.items():
        app.config[key] = value
    if app.config["MAX_CONTENT_LENGTH"] is None:
        app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.request_class = Request
    app.response_class = Response
    app.extensions["large_requests"] = {}
    app.before_request(refuse_cross_site_form)
    app.before_request(allow_large_request)
    CSRFProtect(app)
    app.jinja_env.globals["form_token"] = form_token
    # A line for each form without a token would let any client fill the disk.
    logging.getLogger(CSRFProtect.__module__).setLevel(logging.WARNING)
    app.after_request(security_headers.add_headers)
    app.after_request(security_headers.set_cache_policy)
    errors.init_app(app)


def form_token() -> str:
    """The token of the forms of this page, made at the first of them. It is what `csrf_token()` gives at every call."""
    token: str = g.csrf_token if "csrf_token" in g else generate_csrf()
    return token


def wrap_wsgi(app: flask.Flask) -> None:
    """Wrap the finished app, sockets included, in the checks of proxy headers and host."""
    app.wsgi_app = TrustedHosts(app.wsgi_app, app.config["ALLOWED_HOSTS"], security_headers.HEADERS)  # type: ignore[method-assign]
    # Without a proxy any client could claim an address and a scheme in these headers.
    if count := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count, x_prefix=count
        )


def refuse_cross_site_form() -> None:
    """Refuse a form that another site sent. The token refuses it too, unless that site can read or set it."""
    if request.method in ("GET", "HEAD", "OPTIONS") or not flask.current_app.config["WTF_CSRF_ENABLED"]:
        return
    if is_cross_site(request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")):
        raise CSRFError(errors.FOREIGN)


def is_cross_site(site: str | None, origin: str | None) -> bool:
    """Use Sec-Fetch-Site, else Origin (old browsers, plain http). A request with neither came from no browser."""
    if site:
        return site not in ("same-origin", "none")
    return bool(origin and origin.partition("://")[2] != request.host)


def allow_large_requests(app: flask.Flask, endpoint: str, most: int) -> None:
    """Let signed-in users send up to `most` bytes to a view."""
    app.extensions["large_requests"][endpoint] = most


def allow_large_request() -> None:
    """Apply the larger limit of the view that is asked, for signed-in users and forms with files only."""
    largest = flask.current_app.extensions["large_requests"].get(request.endpoint)
    # Not `is_signed_in()`: without the database this page is the 503 page, not that of a guest.
    if largest and request.mimetype != FORM_WITHOUT_FILES and current_user.is_authenticated:
        request.max_content_length = largest
