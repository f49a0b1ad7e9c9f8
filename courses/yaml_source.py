"""The YAML of front matter and of fenced blocks as nodes, which know their lines."""

import unicodedata

import yaml

SPACES = "\n\t"


def compose(source: str) -> yaml.Node | None:
    """Read YAML. Raises yaml.YAMLError, also for what is nested too deep and for letters that no page can show."""
    try:
        node = yaml.compose(source, Loader=yaml.SafeLoader)
    except RecursionError:
        raise yaml.YAMLError("it is nested too deep") from None
    # Only an escape, like "\ud800", gets past the library's own check.
    if "\\" in source:
        _check_letters(source)
    return node


def _check_letters(source: str) -> None:
    for event in yaml.parse(source, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.ScalarEvent) and not all(map(_can_be_shown, event.value)):
            what = "a text holds a character that no page can show"
            raise yaml.MarkedYAMLError(problem=what, problem_mark=event.start_mark)


def _can_be_shown(letter: str) -> bool:
    return letter in SPACES or unicodedata.category(letter) not in ("Cc", "Cs")
