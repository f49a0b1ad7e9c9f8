"""A poll as its author writes it: the YAML of a fenced `poll` block, read into a value.

    id: after-a-gap
    question: A page has missed one diff. What may it do with the next?
    options:
      - Apply it, it is newer.
      - Keep it, and ask for a state.
    answer: 2                  # left out: an opinion, nothing is right
    explain: It belongs to a state that the page does not have.
    results: answered          # answered (default) | closed | always

A list of options has the ids 1, 2, 3; a mapping names them, so that they can be put in another order later.
"""

from dataclasses import dataclass

import yaml

from live.block_fields import MakeError, fields, required, slug_of, text_of

KEYS = ("id", "question", "options", "answer", "explain", "results")
RESULTS = ("answered", "closed", "always")
MIN_OPTIONS, MAX_OPTIONS = 2, 8


@dataclass(frozen=True)
class Option:
    id: str
    text: str


@dataclass(frozen=True)
class Poll:
    """`answer` is the id of the right option, None for an opinion. `results` says when the numbers are told."""

    id: str
    question: str
    options: tuple[Option, ...]
    answer: str | None = None
    explain: str = ""
    results: str = "answered"

    def has(self, option: str) -> bool:
        return any(one.id == option for one in self.options)

    def is_right(self, option: str) -> bool | None:
        """Whether an option is the right one; None when nothing is right or wrong."""
        return None if self.answer is None else option == self.answer


def parse(text: str, error: MakeError) -> Poll:
    """Read the text of a block. Raises `error(sentence, line)`, with the line counted from 0 inside the block."""
    found = fields(text, "poll", KEYS, error)
    poll_id = slug_of(required(found, "id", "poll", error), "id", error)
    question = text_of(required(found, "question", "poll", error), "question", error)
    options = _options(required(found, "options", "poll", error), error)
    answer = _answer(found["answer"], options, error) if "answer" in found else None
    explain = text_of(found["explain"], "explain", error) if "explain" in found else ""
    return Poll(poll_id, question, options, answer, explain, _results(found.get("results"), error))


def _options(node: yaml.Node, error: MakeError) -> tuple[Option, ...]:
    if isinstance(node, yaml.SequenceNode):
        options = [Option(str(n), text_of(item, f"option {n}", error)) for n, item in enumerate(node.value, 1)]
    elif isinstance(node, yaml.MappingNode):
        options = _named_options(node, error)
    else:
        raise error("The options must be a list, or lines of `id: text`.", node.start_mark.line)
    if not MIN_OPTIONS <= len(options) <= MAX_OPTIONS:
        raise error(f"A poll has {MIN_OPTIONS} to {MAX_OPTIONS} options, not {len(options)}.", node.start_mark.line)
    return tuple(options)


def _named_options(node: yaml.MappingNode, error: MakeError) -> list[Option]:
    options: list[Option] = []
    for key, value in node.value:
        name = slug_of(key, "option", error)
        if any(option.id == name for option in options):
            raise error(f"The option '{name}' is there twice.", key.start_mark.line)
        options.append(Option(name, text_of(value, f"option '{name}'", error)))
    return options


def _answer(node: yaml.Node, options: tuple[Option, ...], error: MakeError) -> str:
    answer = text_of(node, "answer", error)
    ids = [option.id for option in options]
    if answer not in ids:
        known = f"1 to {len(ids)}" if ids[0] == "1" else ", ".join(ids)
        shown = answer if answer.isdecimal() else f"'{answer}'"
        raise error(f"The answer {shown} is none of the options {known}.", node.start_mark.line)
    return answer


def _results(node: yaml.Node | None, error: MakeError) -> str:
    if node is None:
        return RESULTS[0]
    results = text_of(node, "results", error)
    if results not in RESULTS:
        raise error(f"The results must be answered, closed or always, not '{results}'.", node.start_mark.line)
    return results
