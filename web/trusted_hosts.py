"""Refuses requests for other hosts, so that no page, link or cookie is made for them."""

import re
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.sansio.utils import host_is_trusted
from werkzeug.wrappers import Response

from web.own_calls import is_own_call

HEALTH_CHECKS = ("/healthz", "/healthz/ready")
HOST = re.compile(r"([a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63}){0,12}\.?|\[[0-9a-f:.]+\])?(:[0-9]{1,5})?")


class TrustedHosts:
    """`hosts` None allows all that can be a host; `headers` go with a refusal."""

    def __init__(self, wsgi_app: WSGIApplication, hosts: list[str] | None, headers: dict[str, str]) -> None:
        self._wsgi_app, self._hosts, self._headers = wsgi_app, hosts, headers

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        # Health checks and the classmates call this machine by its address, and a health check has nothing to hide.
        is_open = not self._hosts or environ.get("PATH_INFO") in HEALTH_CHECKS or is_own_call(environ)
        host = environ.get("HTTP_HOST", "").lower()
        # A name that no host can have would fail each URL that a page builds, those of the error page included.
        if HOST.fullmatch(host) if is_open else host_is_trusted(host, self._hosts):
            return self._wsgi_app(environ, start_response)
        refusal = Response("This site does not answer to that host.\n", 400, self._headers, mimetype="text/plain")
        return refusal(environ, start_response)
