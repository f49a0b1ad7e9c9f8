"""Class codes: eight characters that let a class sign up, in a link or typed, until the end of a day.

A code is an HMAC of its last day under the site's key, as a one-time password is of its minute (TOTP, RFC 6238), so
none is stored. It opens the sign-up of a site where OPEN_SIGNUP is 0, and lifts the limit for a lecture behind one
address.
"""

import base64
import hashlib
import hmac
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import click
from flask import current_app, url_for
from flask.cli import with_appcontext

LONGEST_DAYS = 60


def make(last_day: date) -> str:
    """The code that is good until the end of that day (UTC), like `k7mq-2xwf`."""
    key = hashlib.sha256(f"class code {current_app.config['SECRET_KEY']}".encode()).digest()
    mac = hmac.digest(key, last_day.isoformat().encode(), "sha256")
    text = base64.b32encode(mac).decode().lower()[:8]
    return f"{text[:4]}-{text[4:]}"


def this_week() -> str:
    """The code for instructors to give out today."""
    return make(today() + timedelta(days=7))


def is_valid(text: str) -> bool:
    """Whether the text is the code of one of the coming days, in any spelling."""
    given = re.sub(r"[^a-z2-7]", "", text.lower())
    codes = (make(today() + timedelta(days=days)) for days in range(LONGEST_DAYS + 1))
    return any(hmac.compare_digest(code.replace("-", "").encode(), given.encode()) for code in codes)


def today() -> date:
    return datetime.now(UTC).date()


def site_url(url: str | None) -> str:
    """The site's base URL for a link that is printed: the operator's, or else from the settings."""
    config = current_app.config
    if url:
        return url.rstrip("/")
    if config["ALLOWED_HOSTS"]:
        return f"https://{config['ALLOWED_HOSTS'][0].lstrip('.')}"
    host = f"[{config['HOST']}]" if ":" in config["HOST"] else config["HOST"]
    return f"http://{host}:{config['PORT']}"


def path_of(endpoint: str, **values: Any) -> str:
    """The path of a page, in a command."""
    with current_app.test_request_context():
        return url_for(endpoint, **values)


@click.command("invite")
@click.option("--days", default=7, type=click.IntRange(0, LONGEST_DAYS), help="For how many days; 0: only today.")
@click.option("--url", help="Where the site is, for the link; default: by the settings.")
@with_appcontext
def invite(days: int, url: str | None) -> None:
    """Print a class code and a sign-up link for all who have it."""
    last_day = today() + timedelta(days=days)
    code = make(last_day)
    click.echo(f"Class code: {code}, good until the end of {last_day:%-d %B %Y} (UTC)")
    click.echo(site_url(url) + path_of("accounts.signup", code=code))
