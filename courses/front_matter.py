"""The keys that front matter may have, and what their values must be."""

import re

import yaml

PLACE = re.compile(r"[a-z0-9-]+(/[a-z0-9-]+){0,2}")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def text(key: str, node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip() or node.tag.endswith(":null"):
        raise ValueError(f"The {key} must be a text.")
    return node.value.strip()


def number(key: str, node: yaml.Node) -> int:
    value = text(key, node)
    if not node.tag.endswith(":int"):
        raise ValueError(f"The {key} must be a whole number, not '{value}'.")
    return yaml.SafeLoader("").construct_yaml_int(node)


def switch(key: str, node: yaml.Node) -> bool:
    value = text(key, node)
    if value not in ("on", "off"):
        raise ValueError(f"The {key} must be on or off, not '{value}'.")
    return value == "on"


def language(key: str, node: yaml.Node) -> str:
    value = text(key, node)
    if not LANGUAGE.fullmatch(value):
        raise ValueError(f"The {key} must be a language tag like de or pt-BR, not '{value}'.")
    return value


def places(key: str, node: yaml.Node) -> tuple[str, ...]:
    """One place or a list of places."""
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    values = tuple(text(key, one).strip("/").removeprefix("courses/") for one in nodes)
    for value in values:
        if not PLACE.fullmatch(value):
            raise ValueError(f"The {key} must be an old place like web/basics/rooms, not '{value}'.")
    return values


TYPES = {
    "title": text,
    "summary": text,
    "order": number,
    "reactions": switch,
    "timer": switch,
    "formerly": places,
    "lang": language,
    "exercise": text,
    "figure": text,
}
