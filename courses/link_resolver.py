"""Where a link in a content file leads, and whether it leads anywhere.

../02-rooms/01-joining.md#names   another lesson, by its file     -> /courses/web/rooms/joining#names
#names                            a heading of the same page
/courses/web/rooms/joining        a place by its URL
file:presence/core/roster.py           a file of this repository       -> /source/presence/core/roster.py
https://..., mailto:...           left alone
/static/...                       images and other files of the site
media/gap.webp                    an image beside the lesson      -> /media/web/rooms/gap.webp
"""

from pathlib import Path
from urllib.parse import unquote

from markupsafe import Markup

from .catalog import url
from .markdown import source
from .media import FOLDER, Media

OUTSIDE = ("https://", "http://", "mailto:")
# Folders that hold no source: a link into them would publish what is private.
PRIVATE = ("instance", "node_modules", "__pycache__")


class Links:
    """`anchors` maps each place to the ids on its page, `places` each lesson file to its place.

    `secret` are the lesson files that hold what no reader may see, like the right answer of a poll.
    """

    def __init__(self, root: Path, anchors: dict[str, set[str]], places: dict[Path, str], secret: set[Path]):
        self.root, self.anchors, self.places, self.secret = root, anchors, places, secret
        self.sources: dict[str, Markup] = {}
        self.media = Media()

    def resolver(self, path: Path, place: str):
        """The function that turns a link found in the file `path`, the page of `place`, into its URL."""

        def resolve(href, image):
            if image and href.startswith(f"{FOLDER}/"):
                return self.media.add(path, place, href)
            if image and not href.startswith("/static/"):
                raise LookupError(
                    f"The picture '{href}' must lie in /static/, or in the folder {FOLDER} beside the lesson."
                )
            return self._resolve(path, place, href)

        return resolve

    def _resolve(self, path, place, href):
        if href.startswith(OUTSIDE):
            return href
        target, _, anchor = href.partition("#")
        if href.startswith("file:"):
            return self._source(href)
        if target.startswith("/static/"):
            return self._static(href, target)
        return self._anchored(href, self._place(path, place, href, unquote(target)), anchor)

    def _place(self, path, place, href, target):
        if not target:
            return place
        if target.startswith("/"):
            found = target.removeprefix("/courses/").strip("/") if target.startswith("/courses/") else None
            found = "" if target == "/" else found
        else:
            found = self.places.get((path.parent / target).resolve())
        if found is None or found not in self.anchors:
            raise LookupError(f"The link '{href}' leads nowhere.")
        return found

    def _anchored(self, href, place, anchor):
        if not anchor:
            return url(place)
        if anchor not in self.anchors[place]:
            raise LookupError(f"The link '{href}' leads to a page that has no '#{anchor}'.")
        return f"{url(place)}#{anchor}"

    def _static(self, href, target):
        if ".." in target or not (self.root / target.lstrip("/")).is_file():
            raise LookupError(f"The file '{href}' does not exist.")
        return href

    def _source(self, href):
        name = unquote(href.removeprefix("file:"))
        parts = name.split("/")
        if any(part.startswith(".") or part in ("", *PRIVATE) for part in parts):
            raise LookupError(f"The link '{href}' must name a source file of this repository.")
        if (self.root / name).resolve() in self.secret:
            raise LookupError(f"The link '{href}' would show the right answer of a poll.")
        if name not in self.sources:
            self.sources[name] = source(name, self._text(href, name))
        return f"/source/{name}"

    def _text(self, href, name):
        try:
            return (self.root / name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise LookupError(f"The link '{href}' names a file that this repository does not have.") from None
