"""The YAML of a fenced block: each key once, known, and with the line that an error names.

`error(message, line)` makes the exception to raise; lines are counted from 0 inside the block.
"""

import re
from collections.abc import Callable, Sequence

import yaml

from courses.yaml_source import compose

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_ID = 60

MakeError = Callable[[str, int], Exception]


def fields(text: str, kind: str, known: Sequence[str], error: MakeError) -> dict[str, yaml.Node]:
    """The values of a block by key, as YAML nodes. `kind` names the block in errors, like "poll"."""
    found: dict[str, yaml.Node] = {}
    for key, node in _pairs(text, kind, error):
        line = key.start_mark.line
        if not isinstance(key, yaml.ScalarNode) or key.value not in known:
            raise error(f"Unknown key '{_name(key)}'; known are {', '.join(known)}.", line)
        if key.value in found:
            raise error(f"The key '{key.value}' is there twice.", line)
        found[key.value] = node
    return found


def _pairs(text: str, kind: str, error: MakeError) -> list[tuple[yaml.Node, yaml.Node]]:
    try:
        node = compose(text)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        what = getattr(problem, "problem", None) or str(problem)
        raise error(f"The {kind} is not valid YAML: {what}.", mark.line if mark else 0) from None
    if not isinstance(node, yaml.MappingNode):
        raise error(f"A {kind} is lines of `key: value`.", 0)
    return node.value


def _name(node: yaml.Node) -> str:
    return node.value if isinstance(node, yaml.ScalarNode) else "…"


def required(found: dict[str, yaml.Node], key: str, kind: str, error: MakeError) -> yaml.Node:
    if key not in found:
        raise error(f"The {kind} has no {key}.", 0)
    return found[key]


def text_of(node: yaml.Node, what: str, error: MakeError) -> str:
    """The text of a value; numbers count as text. `what` names the value in errors, like "question"."""
    if not isinstance(node, yaml.ScalarNode) or node.tag.endswith(":null") or not node.value.strip():
        raise error(f"The {what} must be a text.", node.start_mark.line)
    return node.value.strip()


def slug_of(node: yaml.Node, what: str, error: MakeError) -> str:
    text = text_of(node, what, error)
    if not SLUG.fullmatch(text) or len(text) > LONGEST_ID:
        raise error(f"The {what} '{text}' must be lowercase letters, digits and hyphens.", node.start_mark.line)
    return text
