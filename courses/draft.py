"""A content file that has been read and parsed, before its links can be checked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .markdown import Document


@dataclass(frozen=True)
class Draft:
    """A file and the drafts below it: a course's sections, a section's lessons. A broken file has no document."""

    place: str
    path: Path
    label: str
    document: Document | None
    below: tuple["Draft", ...] = field(default=())

    @property
    def slug(self) -> str:
        return self.place.rpartition("/")[2]

    @property
    def meta(self) -> dict[str, Any]:
        return self.document.page.meta if self.document else {}

    @property
    def formerly(self) -> tuple[str, ...]:
        return self.meta.get("formerly", ())

    def walk(self) -> Iterator["Draft"]:
        yield self
        for draft in self.below:
            yield from draft.walk()
