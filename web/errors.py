"""The error pages: a title and a sentence each, in the site's layout, or plain when the layout fails too."""

from typing import cast
from urllib.parse import quote

from flask import Flask, current_app, redirect, render_template, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from markupsafe import escape
from sqlalchemy.exc import DatabaseError, InterfaceError, InternalError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError
from werkzeug.exceptions import HTTPException, NotFound, ServiceUnavailable, Unauthorized
from werkzeug.routing import MapAdapter
from werkzeug.wrappers import Response

from web.db import AWAY, db, note_away
from web.visitor import be_guest

Link = tuple[str, str]

PAGES: dict[int | None, tuple[str, str | None]] = {
    400: ("That didn't work", "The site couldn't make sense of this request."),
    401: ("Sign in first", "This page is for people who are signed in."),
    403: ("Not for you", "You are not allowed to see this page."),
    404: ("Nothing here", "There is no page at this address."),
    405: ("Not like that", "This address doesn't accept that kind of request."),
    413: ("Too much at once", "What you sent is larger than this site accepts."),
    416: ("Not that part", "The file has no such range."),
    429: ("A little slower", "Too many attempts in a short time. Wait a minute and try again."),
    500: ("Our mistake", "Something broke on our side. It has been logged; please try again."),
    503: ("Not ready", "The site cannot answer right now. Please try again in a moment."),
}

TRY_AGAIN = "Please try again"
# Why a form's token was refused, as far as the request tells.
FOREIGN = "The form came from another site, so nothing was done."
NO_COOKIE = "Your browser sent no cookies with the form. Allow cookies for this site, then load the page again."
SIGNED_IN = (
    "You have signed in since this page was loaded, perhaps in another tab. Load it again and send it once more."
)
SIGNED_OUT = (
    "This form belongs to a session that has ended, perhaps in another tab. Load the page again and send it once more."
)
# The user's row was deleted, or changed by another request, while this one had it in hand.
ENDED = "You were signed out while this was being saved. Sign in and try again."


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, show)
    app.register_error_handler(NotFound, not_found)
    app.register_error_handler(CSRFError, expired)
    app.register_error_handler(SQLAlchemyError, database_error)


def not_found(error: NotFound) -> Response:
    """An address with a slash too many leads to the page without it."""
    path = request.path.rstrip("/")
    if path and path != request.path and request.method in ("GET", "HEAD") and _exists(path):
        query = request.query_string.decode()
        # The path is decoded, and may hold a line break or a question mark.
        return redirect(quote(request.root_path + path) + (f"?{query}" if query else ""), 308)
    return show(error)


def _exists(path: str) -> bool:
    try:
        cast(MapAdapter, current_app.create_url_adapter(request)).match(path)
    except HTTPException:
        return False
    return True


def show(error: HTTPException) -> Response:
    title, sentence = PAGES.get(error.code, (error.name, error.description))
    # A description of our own ("No lesson at 'web/x'.") is more precise than the general sentence.
    if error.description != type(error).description:
        sentence = error.description
    return page(error, title, sentence)


def expired(error: CSRFError) -> Response:
    """A form without the token of this session, with a way back to its page."""
    referrer = request.referrer or ""
    link = (referrer, "Load the page again") if referrer.startswith(request.host_url) else None
    return page(error, TRY_AGAIN, why_refused(error), link)


def why_refused(error: CSRFError) -> str:
    if error.description == FOREIGN:
        return FOREIGN
    if not request.cookies:
        return NO_COOKIE
    return SIGNED_IN if current_user.is_authenticated else SIGNED_OUT


def database_error(error: SQLAlchemyError) -> Response:
    """A page for a database that does not answer, or a user who is gone; any other error is a mistake of ours."""
    if isinstance(error, ObjectDeletedError | StaleDataError):
        return show(Unauthorized(ENDED))
    if not is_outage(error):
        raise error
    current_app.logger.error("The database does not answer: %s", getattr(error, "orig", error))
    # The error page must not query the database again, and with a lost connection no page of the next second should.
    note_away(for_all=isinstance(error, PoolTimeout) or getattr(error, "connection_invalidated", False))
    return show(ServiceUnavailable(AWAY, retry_after=2))


def explain(error: Exception) -> str | None:
    """A sentence for an error that is no bug: the database is away."""
    return AWAY if isinstance(error, SQLAlchemyError) and is_outage(error) else None


def is_outage(error: SQLAlchemyError) -> bool:
    """Whether the database is away, locked, full or broken, as opposed to asked for something that it cannot do."""
    # A file that is not a database is the plain DatabaseError; its subclasses are mistakes in a statement.
    return (
        isinstance(error, PoolTimeout | OperationalError | InterfaceError | InternalError)
        or type(error) is DatabaseError
    )


def page(error: HTTPException, title: str, sentence: str | None, link: Link | None = None) -> Response:
    """The error's own response, which may carry Allow or Retry-After, with our page as its body.

    `link` is where the page leads on: (URL, words).
    """
    response = error.get_response()
    response.mimetype = "text/html"
    response.data = body(error.code, title, sentence, link)
    return response


def body(code: int | None, title: str, sentence: str | None, link: Link | None = None) -> str:
    try:
        return _rendered(code, title, sentence, link)
    except Exception:
        current_app.logger.exception("The error page itself failed")
        return f"<!doctype html><title>{escape(title)}</title><h1>{escape(title)}</h1><p>{escape(sentence)}</p>"


def _rendered(code: int | None, title: str, sentence: str | None, link: Link | None) -> str:
    page = {"place": "", "code": code, "title": title, "sentence": sentence, "link": link}
    try:
        # A failed statement of the view would fail those of this page as well.
        db.session.rollback()
        return render_template("error.html", **page)
    except SQLAlchemyError:
        # Once more, as for a guest, without a query.
        note_away(for_all=False)
        be_guest()
        return render_template("error.html", **page)
