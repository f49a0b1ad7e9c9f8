"""A video as its author writes it: the YAML of a fenced `video` block, read into a value.

id: diffs
src: media/diffs.webm            # beside the lesson; or a list, or youtube:VIDEOID where the site allows it
title: A state and its diffs, drawn
length: 94                       # seconds
captions: media/diffs.en.vtt     # required, except for YouTube, which has its own
poster: media/diffs.webp
chat: off                        # on (default) | off
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

import yaml

from courses import BlockSource
from courses.media import file_beside
from live.block_fields import fields, required, slug_of, text_of

KEYS = ("id", "src", "title", "length", "captions", "poster", "chat")
TYPES = {".webm": "video/webm", ".mp4": "video/mp4"}
LARGEST_BYTES, MB = 50_000_000, 1_000_000
LONGEST_SECONDS = 24 * 3600
YOUTUBE = re.compile(r"youtube:([A-Za-z0-9_-]{11})")
LANGUAGE = re.compile(r"\.([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)\.vtt$")


@dataclass(frozen=True)
class Video:
    """Files are named as in the block, relative to the lesson. A video on YouTube has an id there and no sources."""

    id: str
    title: str
    length: float
    sources: tuple[str, ...] = ()
    youtube: str = ""
    captions: str = ""
    poster: str = ""
    has_chat: bool = True

    @property
    def files(self) -> tuple[str, ...]:
        """The files beside the lesson that this video needs."""
        return tuple(name for name in (*self.sources, self.captions, self.poster) if name)

    @property
    def language(self) -> str:
        """The language of the captions, by the name of their file: `diffs.en.vtt`."""
        found = LANGUAGE.search(self.captions)
        return found[1] if found else "en"

    def type_of(self, source: str) -> str:
        return TYPES["." + source.rpartition(".")[2]]


class Parser:
    """Reads blocks for a site that lets lessons show videos of the sites `hosts`."""

    def __init__(self, hosts: Collection[str]) -> None:
        self._hosts = hosts

    def parse(self, source: BlockSource) -> Video:
        """Read one block. Raises CatalogError with the line of what is wrong."""
        found = fields(source.text, "video", KEYS, source.error)
        needed = {key: required(found, key, "video", source.error) for key in ("id", "src", "title", "length")}
        name = slug_of(needed["id"], "id", source.error)
        sources, youtube = self._sources(needed["src"], name, source)
        return Video(
            id=name,
            title=text_of(needed["title"], "title", source.error),
            length=_length(needed["length"], source),
            sources=sources,
            youtube=youtube,
            captions=_captions(found.get("captions"), name, youtube, source),
            poster=_file(found["poster"], "poster", (".webp", ".png", ".jpg"), source) if "poster" in found else "",
            has_chat=_switch(found.get("chat"), source),
        )

    def _sources(self, node: yaml.Node, video: str, source: BlockSource) -> tuple[tuple[str, ...], str]:
        if isinstance(node, yaml.ScalarNode) and node.value.startswith("youtube:"):
            return (), self._youtube(node, source)
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        if not nodes:
            raise source.error("The src must name a file.", node.start_mark.line)
        names = tuple(_file(one, "src", TYPES, source) for one in nodes)
        for name, one in zip(names, nodes, strict=True):
            size = file_beside(source.path, name).stat().st_size
            if size > LARGEST_BYTES:
                largest = LARGEST_BYTES // MB
                raise source.error(f"The video '{video}' is {size // MB} MB; at most {largest}.", one.start_mark.line)
        return names, ""

    def _youtube(self, node: yaml.ScalarNode, source: BlockSource) -> str:
        if "youtube" not in self._hosts:
            sentence = f"'{node.value}' needs the setting VIDEO_HOSTS=youtube."
            raise source.error(sentence, node.start_mark.line)
        found = YOUTUBE.fullmatch(node.value.strip())
        if found is None:
            raise source.error(f"'{node.value}' must be youtube: and an id of 11 letters.", node.start_mark.line)
        return found[1]


def _captions(node: yaml.Node | None, video: str, youtube: str, source: BlockSource) -> str:
    if node is not None:
        return _file(node, "captions", (".vtt",), source)
    if youtube:
        return ""
    raise source.error(f"The video '{video}' has no captions.", 0)


def _file(node: yaml.Node, what: str, endings: Collection[str], source: BlockSource) -> str:
    name = text_of(node, what, source.error)
    if not name.endswith(tuple(endings)):
        raise source.error(f"The {what} '{name}' must end with {' or '.join(endings)}.", node.start_mark.line)
    try:
        file_beside(source.path, name)
    except LookupError as error:
        raise source.error(error.args[0], node.start_mark.line) from None
    return name


def _length(node: yaml.Node, source: BlockSource) -> float:
    text = text_of(node, "length", source.error)
    if not re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,3})?", text) or not 0 < float(text) <= LONGEST_SECONDS:
        raise source.error(f"The length must be a number of seconds, not '{text}'.", node.start_mark.line)
    return float(text)


def _switch(node: yaml.Node | None, source: BlockSource) -> bool:
    text = "on" if node is None else text_of(node, "chat", source.error)
    if text not in ("on", "off"):
        raise source.error(f"The chat must be on or off, not '{text}'.", node.start_mark.line if node else 0)
    return text == "on"
