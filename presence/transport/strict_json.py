"""JSON as browsers read it, in both directions.

Python's json writes and reads NaN, Infinity and lone surrogates; a browser drops the connection when it meets the
first two and a database refuses the third, so one careless client could hang up a whole class. Here they are errors.
"""

import json
from typing import Any

import orjson


def loads(text: str | bytes, **_options: object) -> object:
    """Read one JSON value. Raises ValueError for everything that is not strict JSON, and for bottomless nesting."""
    return orjson.loads(text)


def dumps(value: object, **_options: object) -> str:
    """Write one JSON value, compact. Raises ValueError for numbers that JSON does not have."""
    # orjson would write NaN as null.
    return json.dumps(value, allow_nan=False, separators=(",", ":"))


def copy(value: Any) -> Any:
    """A copy of a value that came from JSON. Raises ValueError or TypeError for what a frame cannot hold.

    That is a number of more than 64 bits, and deeper nesting than the library that writes frames allows.
    """
    # As deep as a frame has it: event, payload, kind, name.
    (((copied,),),) = orjson.loads(orjson.dumps([[[value]]]))
    return copied
