"""The text of each chapter of a lesson, from its HTML, for the search. Pure."""

import re
from html.parser import HTMLParser


def texts(html: str, anchors: set[str]) -> list[tuple[str, str]]:
    """(anchor, text) of each chapter; the first has the anchor "". `anchors` are those of the headings."""
    reader = _Reader(anchors)
    reader.feed(html)
    return [(anchor, " ".join("".join(parts).split())) for anchor, parts in reader.chapters]


class _Reader(HTMLParser):
    """Collects the text of a lesson, chapter by chapter, without headings and the links beside them."""

    def __init__(self, anchors: set[str]) -> None:
        super().__init__()
        self._anchors, self._skipped = anchors, ""
        self.chapters: list[tuple[str, list[str]]] = [("", [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        anchor = dict(attrs).get("id")
        if re.fullmatch("h[1-6]", tag) and anchor in self._anchors:
            self.chapters.append((str(anchor), []))
            self._skipped = tag
        if ("class", "anchor") in attrs:
            self._skipped = tag
        self.chapters[-1][1].append(" " if tag in ("p", "li", "td", "th", "pre", "dt", "dd") else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._skipped:
            self._skipped = ""

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.chapters[-1][1].append(data)
