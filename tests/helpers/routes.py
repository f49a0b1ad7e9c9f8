"""Routes whose URL builders are compiled when they are first used.

Werkzeug compiles two functions for each of a site's routes, half of the time that a test site takes to make, and a test
uses few of them.
"""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

compile_builder = Rule._compile_builder


def compile_later(rule: Rule, append_unknown: bool = True) -> Callable[..., Any]:
    made: list[Callable[..., Any]] = []

    def build(*args: Any, **values: Any) -> Any:
        if not made:
            made.append(compile_builder(rule, append_unknown))
        return made[0](*args, **values)

    return build


def build_routes_later() -> None:
    Rule._compile_builder = compile_later
