"""Code coloured with classes, because the site's policy allows no inline style."""

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup, escape
from pygments import highlight as pygments_highlight
from pygments.filter import Filter
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import TextLexer, get_lexer_by_name, get_lexer_for_filename
from pygments.token import STANDARD_TYPES, Text
from pygments.util import ClassNotFound

UNCOLOURED = {"n", "nv", "nl", "o", "p", "w"}


def highlight(code: str, language: str, _attributes: str = "") -> str:
    """A code block of a lesson; plain for a language that Pygments does not know."""
    try:
        lexer = get_lexer_by_name(language) if language else TextLexer()
    except ClassNotFound:
        lexer = TextLexer()
    # The block scrolls sideways, and what scrolls must be reachable by keyboard.
    coloured = _coloured(code, lexer)
    return f'<pre class="highlight" tabindex="0" data-language="{escape(language)}"><code>{coloured}</code></pre>\n'


def source(path: str, text: str) -> Markup:
    """A whole source file with one link target per line (`#L-12`)."""
    try:
        lexer = get_lexer_for_filename(path)
    except ClassNotFound:
        lexer = TextLexer()
    # Pygments closes its spans at the end of each line, so each line can be wrapped by itself.
    coloured = _coloured(text, lexer).rstrip("\n").split("\n")
    lines = "\n".join(f'<span id="L-{number}">{line}</span>' for number, line in enumerate(coloured, 1))
    return Markup(f'<pre class="highlight" tabindex="0"><code>{lines}</code></pre>')  # noqa: S704  escaped by Pygments


def _coloured(code: str, lexer: Lexer) -> str:
    lexer.add_filter(Uncoloured())
    return pygments_highlight(code, lexer, HtmlFormatter(nowrap=True))


class Uncoloured(Filter):
    """Makes plain text of what code.css has no colour for: names, operators and brackets, which are most of a text."""

    def filter(self, _lexer: Lexer, stream: Iterator[tuple[Any, str]]) -> Iterator[tuple[Any, str]]:
        for kind, value in stream:
            yield Text if STANDARD_TYPES.get(kind) in UNCOLOURED else kind, value
