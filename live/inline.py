"""The text of a block as HTML: escaped, with `code` between backticks."""

import re

from markupsafe import Markup, escape

CODE = re.compile(r"`([^`]+)`")


def inline(text: str) -> Markup:
    # Escaping leaves backticks alone, so the code can be found after it.
    return Markup(CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704
