"""Markdown to HTML, once at the start of the process.

`parse(page)` finds the blocks, the headings and their anchors; `render(document, resolve)` then makes the parts of the
page, when the anchors of all other pages are known, with `resolve(href, image) -> url` for each link (it raises
LookupError with a sentence).
Raw HTML is escaped. Code is coloured with classes, because the site's policy allows no inline style.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape
from pygments import highlight as pygments_highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import TextLexer, get_lexer_by_name, get_lexer_for_filename
from pygments.util import ClassNotFound

from .blocks import Block, BlockKind, ChapterEnd, Part, chapters, find
from .catalog import Heading
from .content_file import Page

WORDS_A_MINUTE = 200
# Ids that the templates give to parts of every page.
RESERVED = {"main", "people", "contents", "help"}


@dataclass(frozen=True)
class Document:
    page: Page
    tokens: list
    headings: tuple[Heading, ...]
    blocks: dict[int, Block] = field(default_factory=dict)

    @property
    def minutes(self) -> int:
        return max(1, round(len(self.page.body.split()) / WORDS_A_MINUTE))

    @property
    def ids(self) -> set[str]:
        """What a link to this page may name behind its `#`."""
        return {heading.anchor for heading in self.headings} | {block.anchor for block in self.blocks.values()}


def highlight(code: str, language: str, _attributes="") -> str:
    try:
        lexer = get_lexer_by_name(language) if language else TextLexer()
    except ClassNotFound:
        lexer = TextLexer()
    return block(code, lexer, language)


def block(code, lexer, language):
    # The block scrolls sideways, and what scrolls must be reachable by keyboard.
    coloured = pygments_highlight(code, lexer, HtmlFormatter(nowrap=True))
    return f'<pre class="highlight" tabindex="0" data-language="{escape(language)}"><code>{coloured}</code></pre>\n'


def source(path: str, text: str) -> Markup:
    """A whole source file, coloured, with a link target a line (`#L-12`)."""
    try:
        lexer = get_lexer_for_filename(path)
    except ClassNotFound:
        lexer = TextLexer()
    # Pygments closes its spans at the end of each line, so a line can be wrapped as it is.
    coloured = pygments_highlight(text, lexer, HtmlFormatter(nowrap=True)).rstrip("\n").split("\n")
    lines = "\n".join(f'<span id="L-{number}">{line}</span>' for number, line in enumerate(coloured, 1))
    return Markup(f'<pre class="highlight" tabindex="0"><code>{lines}</code></pre>')  # noqa: S704  escaped by Pygments


def _parser():
    parser = MarkdownIt("commonmark", {"html": False, "highlight": highlight}).enable("table")
    # Every link is judged by `resolve`, which stops the start; the parser's own check would leave it as plain text.
    parser.validateLink = lambda href: True
    parser.add_render_rule("table_open", lambda *_: '<div class="table" role="group" tabindex="0"><table>\n')
    parser.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return parser


PARSER = _parser()


def parse(page: Page, kinds: Mapping[str, BlockKind] | None = None) -> Document:
    tokens = PARSER.parse(page.body)
    blocks = find(page, tokens, kinds or {})
    taken = RESERVED | {block.anchor for block in blocks.values()}
    return Document(page, tokens, tuple(_headings(page, tokens, taken)), blocks)


def _headings(page, tokens, taken):
    for opening, inline in zip(tokens, tokens[1:], strict=False):
        if opening.type != "heading_open":
            continue
        text = "".join(child.content for child in inline.children if child.type in ("text", "code_inline"))
        if opening.tag == "h1":
            raise page.error(
                f"The heading '{text}' must start with ##; the title is in the front matter.", inline.map[0]
            )
        opening.attrSet("id", _anchor(text, taken))
        inline.children.append(_link_to(opening.attrs["id"], text))
        yield Heading(int(opening.tag[1]), text, opening.attrs["id"])


def _link_to(anchor, text):
    """The # behind a heading."""
    link = f' <a class="anchor" href="#{escape(anchor)}" aria-label="Link to: {escape(text)}">#</a>'
    return Token("html_inline", "", 0, content=link)


def _anchor(text, taken):
    slug = re.sub(r"[^\w]+", "-", text.lower()).strip("-") or "part"
    anchor, count = slug, 1
    while anchor in taken:
        count += 1
        anchor = f"{slug}-{count}"
    taken.add(anchor)
    return anchor


def render(document: Document, resolve) -> tuple[Part, ...]:
    for token in document.tokens:
        for child in token.children or ():
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
    return Markup(PARSER.renderer.render(document.tokens[start:end], PARSER.options, {}))  # noqa: S704  raw HTML is off


def _end(chapter: str) -> Iterator[Part]:
    if chapter:
        yield ChapterEnd(chapter)


def _resolve(page, block, child, resolve):
    name = {"link_open": "href", "image": "src"}.get(child.type)
    if name is None:
        return
    href = str(child.attrs[name])
    try:
        child.attrSet(name, resolve(href, child.type == "image"))
    except LookupError as error:
        raise page.error(error.args[0], _line(page, block, href)) from None


def _line(page, block, href):
    """The line of the link inside its paragraph, which is all that the parser knows of its place."""
    start, end = block.map or (0, 1)
    lines = page.body.splitlines()[start:end]
    return start + next((number for number, line in enumerate(lines) if href in line), 0)
