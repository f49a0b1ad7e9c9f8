"""The Markdown that lessons may use: CommonMark with extensions (docs/authoring.md has the table).

Comments are dropped. Anything that would be shown raw or silently hidden is a fault instead: other HTML, a footnote
without its text, a formula that cannot be read. Faults are (message, line of the body from 0) pairs in `env["faults"]`.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, html_block
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from . import headings
from .highlighting import highlight
from .maths import mathml

COMMENT = re.compile(r"<!--(?:.*?-->|-?>)", re.DOTALL)
FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")
CHECKBOX = 'class="task-list-item-checkbox"'


def make_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "highlight": highlight}).enable(["table", "strikethrough"])
    for plugin in (footnote_plugin, deflist_plugin, gfm_autolink_plugin, tasklists_plugin):
        plugin(parser)
    dollarmath_plugin(parser, allow_labels=False, allow_space=False, allow_digits=False, double_inline=True)
    # Every link is judged by `resolve`, which stops the start; the parser's own check would leave it as plain text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.block.ruler.at("html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    # Before the tokens that plugins make, some of which are HTML.
    parser.core.ruler.after("inline", "check", _check)
    parser.core.ruler.push("label_tasks", _label_tasks)
    parser.add_render_rule("table_open", lambda *_: '<div class="table" role="group" tabindex="0"><table>\n')
    parser.add_render_rule("table_close", lambda *_: "</table></div>\n")
    parser.add_render_rule("footnote_anchor", _footnote_anchor)
    headings.add_rules(parser)
    for kind in ("math_inline", "math_inline_double", "math_block"):
        parser.add_render_rule(kind, _formula)
    return parser


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or not state.src.startswith("<!--", begin):
        return html_block(state, start, end, silent)
    return _comment(state, begin, start, end, silent)


def _comment(state: StateBlock, begin: int, start: int, end: int, silent: bool) -> bool:
    """A comment on lines of its own. One with text behind it is left to the paragraph."""
    faults = state.env.setdefault("faults", [])
    found = COMMENT.match(state.src, begin, state.eMarks[end - 1])
    if not found:
        faults.append(("The comment has no end: -->.", start))
        state.line = end
        return True
    last = next(line for line in range(start, end) if found.end() <= state.eMarks[line])
    if state.src[found.end() : state.eMarks[last]].strip():
        if last > start and not silent:
            faults.append(("Text behind a comment of several lines must start on a new line.", last))
        return False
    if not silent:
        state.line = last + 1
    return True


def _check(state: StateCore) -> None:
    faults = state.env.setdefault("faults", [])
    for token in state.tokens:
        start = token.map[0] if token.map else 0
        if token.type == "html_block":
            faults.append((_no_html(token.content), start))
        for child in [token, *(token.children or ())]:
            faults.extend((message, start + _line_of(token, child)) for message in _faults_of(child))
        if token.children:
            token.children = [child for child in token.children if not _is_comment(child)]
    faults.extend((f"The footnote [^{name}] has a text and no place.", line) for name, line in _unused(state))


def _faults_of(token: Token) -> Iterator[str]:
    if token.type == "html_inline" and not token.content.startswith(("<!--", "</")):
        yield _no_html(token.content)
    if token.type == "text" and (missing := FOOTNOTE.search(token.content)):
        yield f"The footnote {missing[0]} has no text."
    if token.type.startswith("math_"):
        token.meta["mathml"] = ""
        try:
            token.meta["mathml"] = mathml(token.content, token.type != "math_inline")
        except ValueError as error:
            yield str(error)


def _no_html(markup: str) -> str:
    tag = re.search(r"<[^>\n]*>?", markup)
    return f"HTML like {tag[0] if tag else markup.strip()} cannot be used; write &lt; for a <, or put it in backticks."


def _is_comment(token: Token) -> bool:
    return token.type == "html_inline" and token.content.startswith("<!--")


def _line_of(block: Token, child: Token) -> int:
    """The line of an inline token inside its paragraph: that of its first appearance."""
    return block.content[: max(0, block.content.find(child.content))].count("\n")


def _unused(state: StateCore) -> Iterator[tuple[str, int]]:
    """Footnotes that no text refers to, which would not be shown."""
    for name, number in state.env.get("footnotes", {}).get("refs", {}).items():
        if number < 0:
            lines = state.src.splitlines()
            definition = f"[^{name[1:]}]:"
            yield name[1:], next((n for n, line in enumerate(lines) if line.lstrip().startswith(definition)), 0)


def _label_tasks(state: StateCore) -> None:
    """Give the boxes of task lists a name for screen readers."""
    for child in (child for token in state.tokens for child in token.children or ()):
        if child.type == "html_inline" and CHECKBOX in child.content:
            name = "Done" if "checked" in child.content.replace(CHECKBOX, "") else "To do"
            child.content = child.content.replace(CHECKBOX, f'{CHECKBOX} aria-label="{name}"')


def _footnote_anchor(
    self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    meta = tokens[index].meta
    name = f"{meta['id'] + 1}" + (f":{meta['subId']}" if meta.get("subId", 0) > 0 else "")
    return f' <a href="#fnref{name}" class="footnote-backref" aria-label="Back to the text">\u21a9\ufe0e</a>'


def _formula(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[index]
    # The box scrolls sideways, and what scrolls must be reachable by keyboard.
    box = '<div class="formula" role="group" tabindex="0">{}</div>\n' if token.type == "math_block" else "{}"
    return box.format(token.meta["mathml"])
