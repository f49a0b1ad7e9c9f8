"""The site's app class."""

from collections.abc import Callable
from typing import Any

from flask import Flask


class Site(Flask):
    """A Flask app without async functions. Flask asks that of each function that it calls, twenty times a page."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func
