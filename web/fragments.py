"""Macros that are rendered once for each set of arguments: `{% set icon = memo(_icon) %}` in a file of macros.

    {%- macro _icon(name) -%}...{%- endmacro -%}
    {%- set icon = memo(_icon) -%}

A page of twenty people calls some three hundred macros with arguments that the page before had too. What a fragment
shows must follow from its arguments alone, so it is the same for every user who may see what they say: no fragment can
hold more than the page that asks for it was given. A macro that is imported without context, as all of ours are, cannot
read the request by mistake.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Flask

MOST = 4096
"""Fragments kept of each macro, the least recently used go first: about half a kilobyte each. Of larger ones, such as a
section of the contents, a macro keeps fewer."""


class Call:
    """The arguments of a call, equal to those of another call with the same values and types."""

    __slots__ = ("_hash", "_key", "arguments")

    def __init__(self, arguments: tuple[Any, ...]) -> None:
        self.arguments = arguments
        self._key = tuple(map(frozen, arguments))
        self._hash = hash(self._key)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Call) and self._key == other._key


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(memo=memo, ui=Macros(app, "_macros.html"))


class Macros:
    """The macros of a file, for all templates: `import` looks at all names of a page each time that it is reached."""

    def __init__(self, app: Flask, file: str) -> None:
        self._app, self._file = app, file

    def __getattr__(self, name: str) -> Any:
        macro = getattr(self._app.jinja_env.get_template(self._file).module, name)
        setattr(self, name, macro)
        return macro


def memo(macro: Callable[..., str], most: int = MOST) -> Callable[..., str]:
    """The macro, rendered once for each set of arguments: text, numbers, lists and dicts. It keeps `most` fragments."""

    @lru_cache(most)
    def rendered(call: Call) -> str:
        return macro(*call.arguments)

    return lambda *arguments: rendered(Call(arguments))


def frozen(value: Any) -> Any:
    """A hashable form of a value. Types count: Markup is not escaped, and 1 is written differently from True."""
    kind = type(value)
    if kind is str:
        return value
    if kind is dict:
        return tuple([(name, frozen(one)) for name, one in value.items()])
    if kind is list or kind is tuple:
        return tuple([frozen(one) for one in value])
    return kind, value
