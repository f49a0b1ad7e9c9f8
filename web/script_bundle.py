"""A script and the modules that it imports, served as one file.

    bundle(static/js/main.js)          main.js with all that it imports; exports each of these modules
    bundle(static/js/live/polls.js)    polls.js with what main.js has not; imports the rest from main.js

Fifty small modules compress a third worse than one file of the same text, and cost fifty requests. So the server joins
them when they are first asked for, as it does with the imports of a stylesheet: there is still no build step, and
editors and `node --test` see ordinary modules. Each module becomes a function that returns its exports, in the order
in which a browser would run them. This relies on a few habits of the modules in static/js: an import or export starts
its line, an export is a declaration other than `let`, and no module imports itself through others. Two features that
use the same module get a copy each, unless main.js has it.
"""

import re
from pathlib import Path
from posixpath import normpath, relpath

MAIN = "main.js"
# Has to run before Turbo, and whatever is imported from outside runs before the modules of the bundle.
SEPARATE = {"site/turbo_csp.js"}
IMPORT = re.compile(r'^import (.+?) from "(\.[^"]+)";$', re.MULTILINE)
EXPORT = re.compile(r"^export ((?:async )?(?:function\*?|class|const) (\w+))", re.MULTILINE)
DYNAMIC_IMPORT = re.compile(r"""\bimport\((["`])(\.[^"`$]*)""")


def bundle(path: Path, folder: Path) -> bytes:
    """The module `path` of `folder` with its imports. A module that main.js has is returned as it is."""
    name = path.relative_to(folder).as_posix()
    shared = closure(MAIN, folder) if (folder / MAIN).exists() else ()
    if name == MAIN:
        return Bundle(folder, shared).text().encode()
    if name in shared:
        return path.read_bytes()
    return Bundle(folder, closure(name, folder, shared)).text().encode()


def closure(name: str, folder: Path, done: tuple[str, ...] = (), above: tuple[str, ...] = ()) -> tuple[str, ...]:
    """`name` and the modules that it imports, without those of `done`, each after its own imports."""
    if name in above:
        raise ValueError(f"The module {name} imports itself: {' -> '.join([*above, name])}.")
    found: tuple[str, ...] = ()
    for other in imports(name, folder):
        if other not in (*done, *found):
            found += closure(other, folder, (*done, *found), (*above, name))
    return (*found, name)


def imports(name: str, folder: Path) -> list[str]:
    """The modules of `folder` that the module `name` imports."""
    paths = (resolve(name, path) for _, path in IMPORT.findall((folder / name).read_text("utf-8")))
    return [path for path in paths if not is_outside(path)]


class Bundle:
    """Modules in the order in which they run. The last is the one that was asked for."""

    def __init__(self, folder: Path, names: tuple[str, ...]) -> None:
        self._folder, self._names, self._entry = folder, names, names[-1]
        self._imports: dict[str, None] = {}

    def text(self) -> str:
        parts = [self._wrapped(name) for name in self._names[:-1]] + [self._opened(self._entry)]
        shared = {other for name in self._names for other in imports(name, self._folder)} - {*self._names}
        if shared:
            self._add_import(f"{{ {', '.join(map(variable, sorted(shared)))} }}", MAIN)
        if self._entry == MAIN:
            parts.append(f"export {{ {', '.join(map(variable, self._names[:-1]))} }};")
        return "\n".join([*self._imports, *parts])

    def _wrapped(self, name: str) -> str:
        text = self._opened(name)
        exports = ", ".join(found[2] for found in EXPORT.finditer(text))
        body = EXPORT.sub(r"\1", text)
        return f"const {variable(name)} = (() => {{\n{body}\nreturn {{ {exports} }};\n}})();"

    def _opened(self, name: str) -> str:
        """The module's text with its imports taken from the functions above it."""
        text = IMPORT.sub(lambda found: self._taken(found[1], resolve(name, found[2])), self._read(name))
        return DYNAMIC_IMPORT.sub(lambda found: f"import({found[1]}{self._url(resolve(name, found[2]))}", text)

    def _taken(self, names: str, path: str) -> str:
        if is_outside(path):
            self._add_import(names, path)
            return ""
        return f"const {names.removeprefix('* as ').replace(' as ', ': ')} = {variable(path)};"

    def _add_import(self, names: str, path: str) -> None:
        self._imports[f'import {names} from "{self._url(path)}";'] = None

    def _url(self, path: str) -> str:
        """`path` as the entry would write it."""
        relative = relpath(path, normpath(f"{self._entry}/..")) + "/" * path.endswith("/")
        return relative if relative.startswith(".") else f"./{relative}"

    def _read(self, name: str) -> str:
        return (self._folder / name).read_text("utf-8")


def resolve(name: str, path: str) -> str:
    """`path`, as the module `name` writes it, from the folder of all modules."""
    return normpath(f"{name}/../{path}") + "/" * path.endswith("/")


def is_outside(path: str) -> bool:
    return path.startswith("..") or path in SEPARATE


def variable(name: str) -> str:
    return re.sub(r"\W", "_", name.removesuffix(".js"))
