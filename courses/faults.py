"""Faults in course files, collected so that an author sees all of them at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fault:
    """`line` counts from 1; 0 is the whole file."""

    label: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.label}{f', line {self.line}' if self.line else ''}: {self.message}"


class CatalogError(ValueError):
    """Course files that cannot be used, one fault a line: `courses/content/x/01-y/02-z.md, line 3: what is wrong.`"""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass
class Faults:
    """The faults found so far, each once."""

    _found: dict[Fault, None] = field(default_factory=dict)

    def add(self, *faults: Fault) -> None:
        self._found.update(dict.fromkeys(faults))

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Keep the faults of a CatalogError and go on behind the block."""
        try:
            yield
        except CatalogError as error:
            self.add(*error.faults)

    def raise_if_any(self) -> None:
        """Raise them by file and line; those of a whole file come last."""
        if self._found:
            raise CatalogError(*sorted(self._found, key=lambda fault: (fault.label, fault.line or float("inf"))))
