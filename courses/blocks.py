"""Blocks: fences of a lesson's Markdown that are not code but something to use, like a poll.

    courses.add_block(app, "poll", BlockKind(parse, "live/poll.html"))        before courses.init_app(app)

A lesson is a sequence of parts: HTML, a block, or the end of a chapter (what stands under a `##`). HTML is made once at
the start; each request includes a block with its template, because each reader may see something else. The
template finds the block as `part`: `part.kind`, `part.id`, `part.value`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown_it.token import Token
from markupsafe import Markup

from .content_file import Page
from .faults import CatalogError


@dataclass(frozen=True)
class BlockSource:
    """The text inside a fence. `line` is where it begins, counted from 0 in the body of `page`."""

    text: str
    page: Page
    line: int

    @property
    def path(self) -> Path:
        """The file of the lesson; what stands beside it can be found from here."""
        return self.page.path

    def error(self, message: str, line: int = 0) -> CatalogError:
        """A CatalogError about a line of the block, counted from 0."""
        return self.page.error(message, self.line + line)


@dataclass(frozen=True)
class BlockKind:
    """`parse` returns a value that has an `id`, or raises `source.error(...)`.

    A value may have `files`: the names of files beside the lesson, which are then served (media.py).

    `is_secret`: its source holds what no reader may see, so no lesson may link to the file.
    """

    parse: Callable[[BlockSource], Any]
    template: str
    is_secret: bool = False


@dataclass(frozen=True)
class Block:
    kind: str
    value: Any
    template: str
    line: int
    is_secret: bool = False

    @property
    def id(self) -> str:
        return self.value.id

    @property
    def anchor(self) -> str:
        """The id of its element on the page."""
        return f"{self.kind}-{self.id}"


@dataclass(frozen=True)
class ChapterEnd:
    """The end of what stands under the `##` with this anchor."""

    anchor: str


Part = Markup | Block | ChapterEnd


def find(page: Page, tokens: list[Token], kinds: Mapping[str, BlockKind]) -> dict[int, Block]:
    """The blocks among the tokens of a page, by the index of their token."""
    found: dict[int, Block] = {}
    for index, token, name in _fences(tokens, kinds):
        source = BlockSource(token.content, page, (token.map or [0])[0] + 1)
        if token.level:
            raise source.error(f"A {name} cannot stand inside a list or a quotation.", -1)
        block = Block(name, kinds[name].parse(source), kinds[name].template, source.line, kinds[name].is_secret)
        if any(block.anchor == other.anchor for other in found.values()):
            raise source.error(f"The {name} '{block.id}' is there twice.", -1)
        found[index] = block
    return found


def _fences(tokens: list[Token], kinds: Mapping[str, BlockKind]) -> Iterator[tuple[int, Token, str]]:
    for index, token in enumerate(tokens):
        name = token.info.split()[0] if token.type == "fence" and token.info.strip() else ""
        if name in kinds:
            yield index, token, name


def chapters(tokens: list[Token]) -> dict[int, str]:
    """The anchors of the chapters, by the index of the token that opens their heading."""
    return {
        index: str(token.attrs["id"])
        for index, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h2" and not token.level
    }
