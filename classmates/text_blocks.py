"""The blocks of a lesson's text, as pointers count them: the children of the page's `.prose` elements."""

from html.parser import HTMLParser

from courses import Block, Lesson

VOID = {"br", "hr", "img", "input", "source", "track", "wbr"}


def text_blocks(lesson: Lesson) -> list[int]:
    """The number of letters in each block; 0 for one that is not text, like a poll or the reactions to a chapter."""
    letters: list[int] = []
    for part in lesson.parts:
        if isinstance(part, str):
            letters += _letters(part)
        elif isinstance(part, Block) or lesson.reactions:
            letters.append(0)
    return letters


def _letters(markup: str) -> list[int]:
    parser = _Blocks()
    parser.feed(markup)
    parser.close()
    return parser.letters


class _Blocks(HTMLParser):
    """Counts the letters in each element that stands in no other."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: list[int] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._depth == 0:
            self.letters.append(0)
        self._depth += tag not in VOID

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag not in VOID

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.letters[-1] += len(data)
