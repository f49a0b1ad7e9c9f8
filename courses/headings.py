"""Headings: their anchors, and the link beside each that leads to it.

The link stands outside the heading, so that a screen reader does not read the heading's name twice.
"""

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import escape

from . import anchors
from .content_file import Page
from .faults import Faults
from .lesson import HEADING_OPEN, Heading

LINK = '<a class="anchor" href="#{anchor}" aria-label="Link to: {text}">#</a></div>\n'


def add_rules(parser: MarkdownIt) -> None:
    """Have the parser put each heading into a box with its link."""
    parser.add_render_rule("heading_open", _open)
    parser.add_render_rule("heading_close", _close)


def collect(page: Page, tokens: list[Token], taken: set[str], faults: Faults) -> Iterator[Heading]:
    """Yield the headings among the tokens of a page, and give them anchors that are not in `taken`."""
    for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type != "heading_open":
            continue
        text = "".join(child.content for child in inline.children or () if child.type in ("text", "code_inline"))
        if opening.tag == "h1":
            message = f"The heading '{text}' must start with ##; the title is in the front matter."
            faults.add(page.fault(message, inline.map[0] if inline.map else None))
        anchor = anchors.unique(text, taken)
        opening.attrSet("id", anchor)
        closing.meta.update(anchor=anchor, text=text)
        yield Heading(int(opening.tag[1]), text, anchor)


def _open(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    return HEADING_OPEN + self.renderToken(tokens, index, options, env)


def _close(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    names = {key: escape(value) for key, value in tokens[index].meta.items()}
    return self.renderToken(tokens, index, options, env).rstrip() + LINK.format(**names)
