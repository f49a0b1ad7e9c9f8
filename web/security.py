"""What protects every page: form tokens, response headers, cookie flags, the size of a request, and the error pages.

Cookies are `Secure` exactly when the request came over https, as Flask sees it: with TRUSTED_PROXIES=0 that is the
connection itself, with 1 or more the `X-Forwarded-Proto` header of that many proxies in front. A fixed flag would lock
everybody out of a site served over plain http on a laptop.
"""

import flask
from flask import request
from flask_login import current_user
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wsgi import host_is_trusted

from web import errors

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

CONFIG = {
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "REMEMBER_COOKIE_HTTPONLY": True,
    "REMEMBER_COOKIE_SAMESITE": "Lax",
    # As long as the session: somebody who studies all afternoon on one page can still mark it as done, and a limit
    # would refuse the tokens of a machine whose clock goes ahead.
    "WTF_CSRF_TIME_LIMIT": None,
    # Replaced by `refuse_foreign_form`, which does not lock out people whose browser sends no referrer.
    "WTF_CSRF_SSL_STRICT": False,
}

LARGEST_REQUEST = 64 * 1024


class Response(flask.Response):
    """A response whose cookies are all `Secure` when the request is."""

    def set_cookie(self, *args, secure=False, **options):
        super().set_cookie(*args, secure=secure or request.is_secure, **options)


def init_app(app):
    for key, value in CONFIG.items():
        app.config[key] = value
    if app.config["MAX_CONTENT_LENGTH"] is None:
        app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.response_class = Response
    app.extensions["large_requests"] = {}
    app.before_request(refuse_foreign_form)
    app.before_request(allow_large_request)
    CSRFProtect(app)
    app.after_request(add_headers)
    app.after_request(keep_private)
    errors.init_app(app)


def guard(app):
    """Put the outermost doors around the finished app, sockets included: whose word counts, and which host it is."""
    if hosts := app.config["ALLOWED_HOSTS"]:
        app.wsgi_app = Hosts(app.wsgi_app, hosts)
    # Without a proxy anybody could name an address and a scheme in these headers.
    if count := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)


class Hosts:
    """Answers requests for the hosts of this site alone, so that no page, link or cookie is made for another name."""

    def __init__(self, wsgi_app, hosts: list[str]) -> None:
        self._wsgi_app, self._hosts = wsgi_app, hosts

    def __call__(self, environ, start_response):
        if host_is_trusted(environ.get("HTTP_HOST", "").lower(), self._hosts):
            return self._wsgi_app(environ, start_response)
        refusal = flask.Response("This site does not answer to that host.\n", 400, HEADERS, mimetype="text/plain")
        return refusal(environ, start_response)


def refuse_foreign_form():
    """Refuse a form that another site sent. The token would refuse it too, unless that site could read or set it."""
    if request.method in ("GET", "HEAD", "OPTIONS") or not flask.current_app.config["WTF_CSRF_ENABLED"]:
        return
    if foreign(request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")):
        raise CSRFError("The form came from another site.")


def foreign(site, origin):
    """Browsers name the relation in Sec-Fetch-Site, old ones and plain http the origin; what names neither is none."""
    if site:
        return site not in ("same-origin", "none")
    return bool(origin) and origin.partition("://")[2] != request.host


def allow_large_request():
    """A view that takes files names its own limit in `app.extensions["large_requests"]`; for a guest it stays small."""
    largest = flask.current_app.extensions["large_requests"].get(request.endpoint)
    if largest and current_user.is_authenticated:
        request.max_content_length = largest


def add_headers(response):
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def keep_private(response):
    """Pages for a signed-in user are stored nowhere, so that the back button after sign-out shows nobody's faces.

    Those for a guest hold a form token. A view that sets its own Cache-Control, as static files do, has thought of it.
    """
    if "Cache-Control" not in response.headers:
        kind = "no-store" if current_user.is_authenticated else "no-cache"
        response.headers["Cache-Control"] = f"private, {kind}"
    return response
