"""The list FEATURES of a package like `live`: what a new feature has to be added to."""

import ast
import re
from pathlib import Path

from .names import Refused

IMPORT = re.compile(r"^from \. import (\([^)]*\)|[^\n(]+)$", re.MULTILINE)
FEATURES = re.compile(r"^FEATURES = \(([^)]*)\)$", re.MULTILINE)
LINE = 120


class Registry:
    """The `__init__.py` of a package, as its text was read."""

    def __init__(self, path: Path, package: str) -> None:
        self._path, self._package, self._text = path, package, path.read_text()

    def check(self, module: str) -> None:
        """Raise Refused for a module name that means something else in the file."""
        used = {node.id for node in ast.walk(ast.parse(self._text)) if isinstance(node, ast.Name)}
        if module in used:
            raise Refused(f"The name {module!r} is used in {self._package}/__init__.py already.")

    def add(self, module: str) -> None:
        imported = sorted({*_names(IMPORT, self._text), module})
        features = [*_names(FEATURES, self._text), module]
        text = IMPORT.sub(lambda _: _import(imported), self._text, count=1)
        self._path.write_text(FEATURES.sub(lambda _: _tuple(features), text, count=1))


def read(root: Path, package: str) -> Registry:
    """The registry of a package. Raises Refused if it has none."""
    path = root / package / "__init__.py"
    is_inside = path.resolve().is_relative_to(root.resolve()) and all(map(str.isidentifier, Path(package).parts))
    if not is_inside or not path.is_file():
        raise Refused(f"There is no package {package!r} here.")
    if not IMPORT.search(path.read_text()) or not FEATURES.search(path.read_text()):
        raise Refused(
            f"{package}/__init__.py has no 'from . import' and 'FEATURES = (…)', so nothing would load the room."
        )
    return Registry(path, package)


def _names(pattern: re.Pattern[str], text: str) -> list[str]:
    found = pattern.search(text)
    return re.findall(r"\w+", found[1]) if found else []


def _import(names: list[str]) -> str:
    line = f"from . import {', '.join(names)}"
    return line if len(line) <= LINE else f"from . import (\n{_one_a_line(names)})"


def _tuple(names: list[str]) -> str:
    line = f"FEATURES = ({', '.join(names)}{',' if len(names) == 1 else ''})"
    return line if len(line) <= LINE else f"FEATURES = (\n{_one_a_line(names)})"


def _one_a_line(names: list[str]) -> str:
    return "".join(f"    {name},\n" for name in names)
