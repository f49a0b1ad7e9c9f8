"""Compiles the templates in the background once a process serves.

Jinja compiles a template when a page first needs it. For the first lesson that took a quarter of a second, in which no
socket was served. Not at the start, which would take as much longer: a page that comes sooner compiles what it needs.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

from flask import Flask
from jinja2 import TemplateError

from . import lifecycle

PAUSE_SECONDS = 0.03
"""Between two templates, for sockets and pages; a template takes 2 to 20 ms."""


def init_app(app: Flask) -> None:
    lifecycle.of(app).on_start.append(lambda: Thread(target=fill, args=(app,), daemon=True).start())


def fill(app: Flask, sleep: Callable[[float], None] = time.sleep) -> None:
    """Compile all templates, one after the other."""
    for name in app.jinja_env.list_templates():
        sleep(PAUSE_SECONDS)
        # A template that cannot be compiled is reported by the page that needs it.
        with suppress(TemplateError):
            app.jinja_env.get_template(name)
