"""JSON as browsers read it, in both directions.

Python's json writes and reads NaN, Infinity and lone surrogates; a browser drops the connection when it meets the
first two and a database refuses the third, so one careless client could hang up a whole class. Here they are errors.
"""

import json


def loads(text: str | bytes, **_options: object) -> object:
    """Read one JSON value. Raises ValueError for everything that is not strict JSON, and for bottomless nesting."""
    try:
        value = json.loads(text, parse_constant=_refuse, parse_float=_finite)
        # Lone surrogates hide in escapes; encoding is the cheapest way to find them, and most texts have no escape.
        if "\\u" in text if isinstance(text, str) else b"\\u" in text:
            json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("The JSON is nested too deeply.") from None
    return value


def dumps(value: object, **_options: object) -> str:
    """Write one JSON value, compact. Raises ValueError for numbers that JSON does not have."""
    return json.dumps(value, allow_nan=False, separators=(",", ":"))


def _refuse(constant: str) -> None:
    raise ValueError(f"JSON has no {constant}.")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"{text} is too large a number.")
    return number
