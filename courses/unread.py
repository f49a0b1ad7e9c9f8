"""Markdown files that are not read, which an author should be told of: `02-more.MD`, a lesson in a folder too deep."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from .draft import Draft
from .media import MARKDOWN


def files(content: Path, courses: Iterable[Draft]) -> Iterator[tuple[Path, str]]:
    """Each with the reason, in order. Names that begin with a dot or an underscore are left out on purpose."""
    read = {draft.path for course in courses for draft in course.walk()}
    for folder in sorted(path for path in content.iterdir() if path.is_dir() and path.name[0] not in "._"):
        for path in _markdown(folder):
            if path not in read:
                yield path, _reason(path)
    yield from ((path, "it lies in no course.") for path in sorted(content.iterdir()) if _is_markdown(path))


def _markdown(folder: Path) -> list[Path]:
    found = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name[0] not in "._"]
        found += [Path(parent, name) for name in names if _is_markdown(Path(parent, name))]
    return sorted(found)


def _is_markdown(path: Path) -> bool:
    return MARKDOWN.fullmatch(path.suffix) is not None and path.name[0] not in "._" and not path.is_dir()


def _reason(path: Path) -> str:
    if path.suffix != ".md":
        return "the names of lessons end with .md."
    return "only lessons like 02-rooms.md in the folders of sections are."
