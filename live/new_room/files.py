"""The files of a new room: those in the folder files/, with its names in the place of the example's."""

from pathlib import Path
from string import Template

from .names import Refused, class_of, module_of, title_of

SOURCES = Path(__file__).parent / "files"


def write(root: Path, package: str, name: str) -> list[str]:
    """Write the files of a room. Returns their paths. Raises Refused, and writes nothing, if one is there already."""
    texts = _texts(package, name)
    for path in (f"{package}/{module_of(name)}.py", *texts):
        if (root / path).exists():
            raise Refused(f"There is {path} already.")
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return list(texts)


def _texts(package: str, name: str) -> dict[str, str]:
    """The content of each new file, by its path from the root of the site."""
    module = module_of(name)
    sources = {
        f"{package}/{module}/__init__.py": "package.txt",
        f"{package}/{module}/room.py": "room.txt",
        f"templates/{package}/{module}.html": "template.txt",
        f"static/js/live/{module}.js": "browser.txt",
        f"tests/{package}/{module}/__init__.py": None,
        f"tests/{package}/{module}/test_{module}.py": "test.txt",
    }
    words = {"room": name, "module": module, "title": title_of(name), "package": package}
    words["the_class"] = class_of(name)
    return {
        path: Template((SOURCES / source).read_text()).substitute(words) if source else ""
        for path, source in sources.items()
    }
