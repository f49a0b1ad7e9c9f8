"""The catalog that the site shows now, and how it is read again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, current_app

from .blocks import BlockKind
from .catalog import Catalog
from .loader import load
from .search import Index


@dataclass(frozen=True)
class Source:
    """The source of the courses: arguments of `loader.load`."""

    content: Path
    root: Path
    static: Path
    kinds: Mapping[str, BlockKind]

    def load(self) -> Catalog:
        return load(self.content, self.root, self.kinds, self.static)


class PlaceTitles(Mapping[str, str]):
    """{place: title} of the catalog as it is now, for templates, which keep their globals."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def __getitem__(self, place: str) -> str:
        return self._titles[place]

    def __iter__(self) -> Iterator[str]:
        return iter(self._titles)

    def __len__(self) -> int:
        return len(self._titles)

    @property
    def _titles(self) -> Mapping[str, str]:
        titles: Mapping[str, str] = self._app.extensions["courses"].titles()
        return titles


def current_index() -> Index:
    """The index of the current catalog, made with it and replaced with it."""
    found: tuple[Catalog, Index] = current_app.extensions["course_index"]
    if found[0] is not current_catalog():
        found = current_app.extensions["course_index"] = current_catalog(), Index.of(current_catalog())
    return found[1]


def current_catalog() -> Catalog:
    return catalog_of(current_app)


def catalog_of(app: Flask) -> Catalog:
    """The catalog that an app shows now; needs no context of the app."""
    catalog: Catalog = app.extensions["courses"]
    return catalog
