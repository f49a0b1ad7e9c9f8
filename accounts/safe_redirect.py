"""Redirect targets after a sign-in: paths of this site only, after Django's `url_has_allowed_host_and_scheme`."""

from urllib.parse import urlsplit


def safe_path(target: str | None, otherwise: str = "/") -> str:
    """`target` when it is a local path, else `otherwise`.

    Browsers read a backslash as a slash and drop tabs and line breaks, so `/\\evil.org` would leave the site.
    """
    if not target or not target.startswith("/") or target.startswith("//"):
        return otherwise
    if "\\" in target or not target.isprintable():
        return otherwise
    try:
        parts = urlsplit(target)
    except ValueError:
        return otherwise
    return otherwise if parts.scheme or parts.netloc else target
