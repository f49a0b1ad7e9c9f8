"""Cheaper look-ups for templates: a page calls sixty functions and includes fourteen templates.

Jinja asks of each function, in two ways, whether it wants the context; it copies the names of all globals for each
template that is included; and it keeps the order in which templates were last used, to drop the oldest, which a site
of a hundred templates never does. That was a tenth of the CPU of a guest's page.
"""

from types import FunctionType, MethodType
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2.runtime import Context

PLAIN = (FunctionType, MethodType)


class QuickContext(Context):
    """Calls plain functions at once."""

    def call(__self, __function: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805  as in Jinja
        if type(__function) not in PLAIN or hasattr(__function, "jinja_pass_arg"):
            return super().call(__function, *args, **kwargs)
        # The compiled template hands these over for functions that want the context.
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return __function(*args, **kwargs)


class QuickEnvironment(Environment):
    """Keeps all templates, which share one dict of globals."""

    context_class = QuickContext

    def make_globals(self, d: Any) -> Any:
        return super().make_globals(d) if d else self.globals


def init_app(app: Flask) -> None:
    app.jinja_environment = QuickEnvironment
    app.jinja_options = {**app.jinja_options, "cache_size": -1}
