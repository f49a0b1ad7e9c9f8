"""The conditions and the range of a request for a file, in the order of RFC 9110, section 13.2.2.

Werkzeug looks at the range first, so that a browser that has the file would get a part of it, and refuses the last
1,000 bytes of a file of 900, which are all of it. It refuses units that it does not know and several ranges at once,
which may be ignored, and takes a weak ETag or any later date for the version that a browser has a part of.
"""

import re
from typing import Any

from flask import Response
from werkzeug.exceptions import RequestedRangeNotSatisfiable

LAST_BYTES = re.compile(r"\s*bytes\s*=\s*-0*([1-9]\d*)\s*", re.IGNORECASE | re.ASCII)
ONE_RANGE = re.compile(r"\s*bytes\s*=[^,]*", re.IGNORECASE)
LONGEST_SIZE = 18


def obey(response: Response, environ: dict[str, Any], size: int) -> Response:
    """Turn the response with a whole file of `size` bytes into what was asked for: nothing, a range of it, or all."""
    asked = {**environ}
    wanted, version = asked.pop("HTTP_RANGE", None), asked.pop("HTTP_IF_RANGE", None)
    response.make_conditional(asked, accept_ranges=True)
    if response.status_code != 200:
        return _without_file(response)
    is_same = version is None or version in (response.headers.get("ETag"), response.headers.get("Last-Modified"))
    # There are ranges for GET alone.
    if wanted is None or not is_same or not ONE_RANGE.fullmatch(wanted) or environ["REQUEST_METHOD"] != "GET":
        return response
    try:
        response.make_conditional({**asked, "HTTP_RANGE": _within(wanted, size)}, True, size)
    except RequestedRangeNotSatisfiable:
        response.close()
        raise
    return response


def _within(wanted: str, size: int) -> str:
    """The last bytes of a file that has fewer are the whole file."""
    found = LAST_BYTES.fullmatch(wanted)
    is_all = found is not None and (len(found[1]) > LONGEST_SIZE or int(found[1]) > size)
    return "bytes=0-" if is_all else wanted


def _without_file(response: Response) -> Response:
    response.close()
    response.direct_passthrough = False
    response.set_data(b"")
    del response.headers["Content-Length"]
    return response
