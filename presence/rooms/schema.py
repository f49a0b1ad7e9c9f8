"""The annotations of a call as the schema of its payload. Pure.

    def answer(self, who: Attendee, poll: str, sure: bool = False): ...

    schema = Schema.of(answer)
    schema.arguments({"poll": "x"})     # {"poll": "x"}; Rejected with a sentence when the payload does not fit

Allowed are `str` (at most 300 characters, or `Annotated[str, n]`), `int`, `float`, `bool`, `Literal["a", "b"]` and
`list[int]` (at most 16). Names that the call does not have are passed over, so that an older server can answer a newer
page.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from .rejected import Rejected

TEXT_LENGTH = 300
LIST_LENGTH = 16
LARGEST_NUMBER = 2**53
"""Beyond this a browser's numbers have gaps."""
ALLOWED = "str, int, float, bool, list[int], Literal of texts, or Annotated[str, n]"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument: `read` returns the value or raises Rejected."""

    name: str
    read: Callable[[str, Any], Any]
    is_required: bool


class Schema:
    """The parameters of one method, without `self` and `who`."""

    def __init__(self, parameters: list[Parameter]) -> None:
        self.parameters = parameters

    @classmethod
    def of(cls, method: Callable[..., Any]) -> "Schema":
        """Read a method's annotations. Raises ValueError for one that cannot be checked."""
        name = method.__qualname__
        hints = get_type_hints(method, include_extras=True)
        given = list(inspect.signature(method).parameters.values())[2:]
        if any(one.kind in (one.VAR_POSITIONAL, one.VAR_KEYWORD, one.POSITIONAL_ONLY) for one in given):
            raise ValueError(f"{name} takes arguments by their names only; *args and **kwargs have no schema.")
        return cls([_parameter(name, one, hints.get(one.name)) for one in given])

    def arguments(self, payload: object) -> dict[str, Any]:
        """The arguments that a payload gives. Raises Rejected with the first thing that is wrong."""
        if not isinstance(payload, dict):
            raise Rejected("The payload needs an object 'with'.")
        return {
            one.name: one.read(one.name, payload.get(one.name))
            for one in self.parameters
            if one.is_required or one.name in payload
        }


def _parameter(method: str, parameter: inspect.Parameter, hint: Any) -> Parameter:
    read = _reader(hint)
    if read is None:
        raise ValueError(f"{method}: annotate {parameter.name!r} with {ALLOWED}, not {_name_of(hint)}.")
    return Parameter(parameter.name, read, parameter.default is inspect.Parameter.empty)


def _reader(hint: Any) -> Callable[[str, Any], Any] | None:
    if isinstance(hint, type) and hint in _PLAIN:
        return _PLAIN[hint]
    if get_origin(hint) is Annotated and get_args(hint)[0] is str and isinstance(get_args(hint)[1], int):
        return _text(get_args(hint)[1])
    if get_origin(hint) is Literal and all(isinstance(choice, str) for choice in get_args(hint)):
        return _choice(get_args(hint))
    return _numbers if hint == list[int] else None


def _name_of(hint: Any) -> str:
    return "nothing" if hint is None else getattr(hint, "__name__", str(hint))


def _text(longest: int) -> Callable[[str, Any], str]:
    def read(name: str, value: Any) -> str:
        if not isinstance(value, str):
            raise Rejected(f"The payload needs a text {name!r}.")
        if len(value) > longest:
            raise Rejected(f"The text {name!r} has at most {longest} letters.")
        return value

    return read


def _choice(choices: tuple[str, ...]) -> Callable[[str, Any], str]:
    words = ", ".join(choices[:-1]) + (" or " if choices[1:] else "") + choices[-1]

    def read(name: str, value: Any) -> str:
        if not isinstance(value, str) or value not in choices:
            raise Rejected(f"The payload needs one of {words} {name!r}.")
        return value

    return read


def _number(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Rejected(f"The payload needs a number {name!r}.")
    # Written so that NaN does not pass either.
    if not abs(value) <= LARGEST_NUMBER:
        raise Rejected(f"The number {name!r} is too large.")
    return float(value)


def _whole_number(name: str, value: Any) -> int:
    number = _number(name, value)
    if not isinstance(value, int):
        raise Rejected(f"The payload needs a whole number {name!r}.")
    return int(number)


def _yes_or_no(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise Rejected(f"The payload needs a yes or no {name!r}.")
    return value


def _numbers(name: str, value: Any) -> list[int]:
    is_whole = isinstance(value, list) and all(type(one) is int for one in value[:LIST_LENGTH])
    if not is_whole:
        raise Rejected(f"The payload needs a list of numbers {name!r}.")
    if len(value) > LIST_LENGTH:
        raise Rejected(f"The list {name!r} has at most {LIST_LENGTH} numbers.")
    return [_whole_number(name, one) for one in value]


_PLAIN: dict[Any, Callable[[str, Any], Any]] = {
    str: _text(TEXT_LENGTH),
    int: _whole_number,
    float: _number,
    bool: _yes_or_no,
}
