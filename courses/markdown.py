"""A page's Markdown to the parts of its HTML, once at the start of the process.

`parse(page)` finds the blocks, the headings and their anchors; `render(document, resolve)` then makes the parts of the
page, when the anchors of all other pages are known, with `resolve(href, image) -> url` for each link (it raises
LookupError with a sentence).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from markdown_it.token import Token
from markupsafe import Markup

from . import reading_time
from .blocks import Block, BlockKind, ChapterEnd, Part, chapters, find
from .content_file import Page
from .dialect import make_parser
from .faults import Faults
from .headings import collect
from .lesson import Heading

PARSER = make_parser()
Resolve = Callable[[str, bool], str]


@dataclass(frozen=True)
class Document:
    page: Page
    tokens: list[Token]
    headings: tuple[Heading, ...]
    blocks: dict[int, Block] = field(default_factory=dict)

    @property
    def minutes(self) -> int:
        return reading_time.minutes(self.page.body)

    @property
    def ids(self) -> set[str]:
        """The names that a link to this page may have behind its `#`."""
        return {heading.anchor for heading in self.headings} | {block.anchor for block in self.blocks.values()}


def parse(page: Page, kinds: Mapping[str, BlockKind], taken: set[str], faults: Faults) -> Document:
    """The document of a page. Headings get anchors that are not in `taken`."""
    env: dict[str, Any] = {"faults": []}
    tokens = PARSER.parse(page.body, env)
    blocks: dict[int, Block] = {}
    faults.add(*(page.fault(message, line) for message, line in env["faults"]))
    with faults.collecting():
        blocks = find(page, tokens, kinds)
    headings = collect(page, tokens, taken | {block.anchor for block in blocks.values()}, faults)
    return Document(page, tokens, tuple(headings), blocks)


def render(document: Document, resolve: Resolve, faults: Faults) -> tuple[Part, ...]:
    """The parts of a page; a link that `resolve` refuses becomes a fault."""
    for token in document.tokens:
        for child in token.children or ():
            with faults.collecting():
                _resolve(document.page, token, child, resolve)
    return tuple(part for part in _parts(document) if part)


def _parts(document: Document) -> Iterator[Part]:
    begins, chapter, start = chapters(document.tokens), "", 0
    for index in sorted(document.blocks | begins):
        yield _html(document, start, index)
        if index in document.blocks:
            yield document.blocks[index]
            start = index + 1
        else:
            yield from _end(chapter)
            chapter, start = begins[index], index
    yield _html(document, start, len(document.tokens))
    yield from _end(chapter)


def _html(document: Document, start: int, end: int) -> Markup:
    html = PARSER.renderer.render(document.tokens[start:end], PARSER.options, {})
    return Markup(html)  # noqa: S704  raw HTML is a fault


def _end(chapter: str) -> Iterator[Part]:
    if chapter:
        yield ChapterEnd(chapter)


def _resolve(page: Page, block: Token, child: Token, resolve: Resolve) -> None:
    name = {"link_open": "href", "image": "src"}.get(child.type)
    if name is None:
        return
    href = str(child.attrs[name])
    try:
        child.attrSet(name, resolve(href, child.type == "image"))
    except LookupError as error:
        raise page.error(error.args[0], _line(page, block, href)) from None


def _line(page: Page, block: Token, href: str) -> int:
    """The line of the link inside its paragraph, which is all that the parser knows of its place."""
    start, end = block.map or (0, 1)
    lines = page.body.splitlines()[start:end]
    return start + next((number for number, line in enumerate(lines) if href in line), 0)
