"""Redirect targets after a sign-in: paths of this site only, after Django's `url_has_allowed_host_and_scheme`.

Every link to the sign-in page is a `login_url()`, so that signing in leads back to the page that the visitor came from.
"""

from urllib.parse import urlsplit

from flask import request
from werkzeug.exceptions import HTTPException

from web.links import url_for

FRONT_PAGE = "/"
LONGEST = 500
"""No address of this site is longer. Fragments of pages are kept by the address that they hold."""


def safe_path(target: str | None) -> str:
    """`target` when it is a local path, else the front page's.

    Browsers read a backslash as a slash and drop tabs and line breaks, so `/\\evil.org` would leave the site.
    """
    if not target or len(target) > LONGEST or not target.startswith("/") or target.startswith("//"):
        return FRONT_PAGE
    if "\\" in target or not target.isprintable():
        return FRONT_PAGE
    try:
        parts = urlsplit(target)
    except ValueError:
        return FRONT_PAGE
    return FRONT_PAGE if parts.scheme or parts.netloc else target


def login_url() -> str:
    """The sign-in page, which leads back to this page, or from the sign-in and sign-up pages to where these lead.

    It leads back only to pages of a course or class. An error page must be the same for every address.
    """
    back = ""
    if request.blueprint in ("courses", "classroom") and request.method == "GET":
        back = request.full_path.rstrip("?")
    elif request.endpoint in ("accounts.check_login", "accounts.create_account"):
        back = _next_of_form()
    elif request.blueprint == "accounts":
        back = request.args.get("next", "")
    return url_for("accounts.login", next=back if safe_path(back) != FRONT_PAGE else None)


def _next_of_form() -> str:
    try:
        return request.form.get("next", "")
    except HTTPException:
        # The error page of a form that cannot be read (too large, or cut off) has this link too.
        return ""
