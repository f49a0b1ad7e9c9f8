"""Text as HTML with the words of a query marked, whole or cut to the surroundings of the first. Pure."""

from collections.abc import Callable

from markupsafe import Markup, escape

BEFORE, AFTER = 60, 140
Fold = Callable[[str], str]


def marked(text: str, words: list[str], fold: Fold) -> Markup:
    """The text with `<mark>` around each word."""
    html, at = Markup(), 0
    for start, end in _spans(text, words, fold):
        if start >= at:
            html += escape(text[at:start]) + Markup("<mark>{}</mark>").format(text[start:end])
            at = end
    return html + escape(text[at:])


def snippet(text: str, words: list[str], fold: Fold) -> Markup:
    """The surroundings of the first word that occurs, cut at spaces where there are some."""
    first = next(iter(_spans(text, words, fold)), (0, 0))[0]
    start = text.rfind(" ", 0, max(0, first - BEFORE)) + 1 if first > BEFORE else 0
    start = max(start, first - 2 * BEFORE)
    end = text.find(" ", first + AFTER)
    end = min(len(text), first + 2 * AFTER) if end < 0 else end
    cut = marked(text[start:end], words, fold)
    return Markup("… ") * (start > 0) + cut + Markup(" …") * (end < len(text))


def _spans(text: str, words: list[str], fold: Fold) -> list[tuple[int, int]]:
    """(start, end) of each word in the text. Folding may lengthen a letter or drop it, so places are kept by letter."""
    folded, places = "", []
    for place, letter in enumerate(text):
        letters = fold(letter)
        folded += letters
        places += [place] * len(letters)
    places.append(len(text))
    spans = []
    for word in words:
        at = folded.find(word)
        while at >= 0:
            spans.append((places[at], places[at + len(word) - 1] + 1))
            at = folded.find(word, at + len(word))
    return sorted(spans, key=lambda span: (span[0], -span[1]))
