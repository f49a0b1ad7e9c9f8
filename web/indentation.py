"""Leaves the indentation of templates out of pages: it is for those who read the templates."""

import re

from flask import Flask
from jinja2.ext import Extension

INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


class WithoutIndentation(Extension):
    """Strips each line of a template on the left. The line breaks stay, and so do the line numbers of errors."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return INDENTATION.sub("", source)


def init_app(app: Flask) -> None:
    app.jinja_env.add_extension(WithoutIndentation)
