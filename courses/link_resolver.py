"""Resolves links in content files to URLs, and refuses those that lead nowhere.

../02-rooms/01-joining.md#names   another lesson, by its file     -> /courses/web/rooms/joining#names
#names                            a heading of the same page
/courses/web/rooms/joining        a place by its URL
images/gap.png, notes.pdf         a file beside the lesson        -> /media/web/rooms/images/gap.png?v=...
file:presence/core/roster.py#L-3  a source file                   -> /source/presence/core/roster.py#L-3
https://..., mailto:...           left alone
/static/...                       files of the site

Names are compared decoded and in Unicode NFC: `%C3%A4`, `ä` and `a` with a combining mark are the same.
"""

from collections.abc import Callable, Mapping
from os.path import normpath
from pathlib import Path
from urllib.parse import quote, unquote

from .anchors import normal
from .anchors import place_url as url
from .media import MARKDOWN, Media, type_of
from .real_files import is_inside, is_public, real
from .source_file import SourceFile

OUTSIDE = ("https://", "http://", "mailto:")


class Links:
    """Knows the places, their anchors and the files that links may lead to.

    `anchors` maps each place to the ids on its page, `places` each lesson file to its place. `secret` are the lesson
    files that hold what no reader may see, like the right answer of a poll.
    """

    def __init__(
        self,
        content: Path,
        root: Path,
        static: Path,
        anchors: Mapping[str, set[str]],
        places: dict[Path, str],
        secret: set[Path],
    ) -> None:
        self.root, self.static, self.anchors, self.secret = root, static, anchors, secret
        # The path as it is written comes first: a file behind two symbolic links is two lessons.
        self.places = {real(path): place for path, place in places.items()} | places
        self.sources: dict[str, SourceFile] = {}
        self.media = Media(content)

    def resolver(self, path: Path, place: str) -> Callable[[str, bool], str]:
        """The function that turns a link found in the file `path`, the page of `place`, into its URL."""
        return lambda href, image: self._picture(path, place, href) if image else self._link(path, place, href)

    def _picture(self, path: Path, place: str, href: str) -> str:
        if href.startswith("/static/"):
            return self._static(href)
        if href.startswith(("/", "data:", *OUTSIDE)):
            raise LookupError(f"The picture '{href}' must lie in /static/ or beside the lesson.")
        if not type_of(Path(_decoded(href)[0])).startswith("image/"):
            raise LookupError(f"The picture '{href}' is not an image.")
        return self.media.add(path, place, href)

    def _link(self, path: Path, place: str, href: str) -> str:
        if href.startswith(OUTSIDE):
            return href
        if href.startswith("file:"):
            return self._source(href)
        if href.startswith("/static/"):
            return self._static(href)
        target, anchor = _decoded(href)
        if target and not target.startswith("/") and not MARKDOWN.search(Path(target).suffix):
            return self._file(path, place, href)
        return self._anchored(href, self._place(path, place, href, target), anchor)

    def _file(self, path: Path, place: str, href: str) -> str:
        try:
            return self.media.add(path, place, href)
        except LookupError:
            raise LookupError(f"The link '{href}' leads nowhere.") from None

    def _place(self, path: Path, place: str, href: str, target: str) -> str:
        if not target:
            return place
        found: str | None = None
        if target.startswith("/"):
            found = target.removeprefix("/courses/").strip("/") if target.startswith("/courses/") else None
            found = "" if target == "/" else found
        else:
            files = Path(normpath(path.parent / target)), real(path.parent / target)
            found = next((self.places[file] for file in files if file in self.places), None)
        if found is None or found not in self.anchors:
            raise LookupError(f"The link '{href}' leads nowhere.")
        return found

    def _anchored(self, href: str, place: str, anchor: str) -> str:
        if not anchor:
            return url(place)
        if anchor not in self.anchors[place]:
            raise LookupError(f"The link '{href}' leads to a page that has no '#{anchor}'.")
        return f"{url(place)}#{quote(anchor)}"

    def _static(self, href: str) -> str:
        target, _ = _decoded(href)
        if ".." in target or not (self.static / target.removeprefix("/static/")).is_file():
            raise LookupError(f"The file '{href}' does not exist.")
        return href

    def _source(self, href: str) -> str:
        name, anchor = _decoded(href.removeprefix("file:"))
        if not is_public(tuple(name.split("/"))) or not is_inside(self.root / name, self.root):
            raise LookupError(f"The link '{href}' must name a source file of this repository.")
        if real(self.root / name) in self.secret:
            raise LookupError(f"The link '{href}' would show the right answer of a poll.")
        if name not in self.sources:
            self.sources[name] = SourceFile(name, self._text(href, name))
        if anchor and not self.sources[name].has(anchor):
            raise LookupError(f"The link '{href}' leads to a line that the file does not have.")
        return f"/source/{quote(name)}" + (f"#{anchor}" if anchor else "")

    def _text(self, href: str, name: str) -> str:
        try:
            return (self.root / name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise LookupError(f"The link '{href}' names a file that this repository does not have.") from None


def _decoded(href: str) -> tuple[str, str]:
    """The path and the anchor of a link, decoded, in NFC, without a query."""
    target, _, anchor = href.partition("#")
    return normal(unquote(target.partition("?")[0])), normal(unquote(anchor))
