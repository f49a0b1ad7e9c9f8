"""The site's request class: whatever bytes a client writes into a query, reading it never fails."""

from typing import Any
from urllib.parse import quote

import flask

QUERY_SAFE = "%!$&'()*+,;=:@/?~[]"


class Request(flask.Request):
    """Quotes the bytes of a query that no URL may hold. Werkzeug decodes them, and fails where they are no UTF-8."""

    def __init__(self, environ: dict[str, Any], *arguments: Any, **options: Any) -> None:
        query = environ.get("QUERY_STRING", "")
        if not (query.isascii() and query.isprintable()):
            environ["QUERY_STRING"] = quote(query.encode("latin-1", "replace"), safe=QUERY_SAFE)
        super().__init__(environ, *arguments, **options)
