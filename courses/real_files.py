"""The places where named files really are, after symbolic links.

A course or a section may be a link. Other links may lead only to files that content could name without them: a course
often comes from someone who may not read the rest of the machine.
"""

from collections.abc import Iterator
from os.path import realpath
from pathlib import Path

# Folders that hold no source: a link into them would publish what is private.
PRIVATE = ("instance", "node_modules", "__pycache__")
INDEXES = ("course.md", "section.md")


def real(path: Path) -> Path:
    """The path without links. Unlike `resolve()` it is no error for links that go round in a circle."""
    return Path(realpath(path))


def is_inside(path: Path, root: Path) -> bool:
    """Whether a file below `root` is there after all links are followed, and in no hidden or private folder."""
    found = real(path)
    return any(found.is_relative_to(home) and is_public(found.relative_to(home).parts) for home in _homes(path, root))


def is_public(parts: tuple[str, ...]) -> bool:
    """Whether no part of a path is empty, hidden or private."""
    return not any(part.startswith(".") or part in ("", *PRIVATE) for part in parts)


def _homes(path: Path, root: Path) -> Iterator[Path]:
    """`root`, and the courses and sections on the way to a file, each where it really is."""
    yield real(root)
    for folder in path.parents:
        if folder != root and folder.is_relative_to(root) and any((folder / index).is_file() for index in INDEXES):
            yield real(folder)
