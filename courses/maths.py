"""Formulas in LaTeX to MathML, which browsers render without a script."""

from xml.etree import ElementTree

from latex2mathml.converter import convert

SPACE = "{http://www.w3.org/1998/Math/MathML}"
ELEMENTS = {
    *("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "ms", "mfrac", "msqrt", "mroot", "mstyle", "merror"),
    *("mpadded", "mphantom", "mfenced", "menclose", "msub", "msup", "msubsup", "munder", "mover", "munderover"),
    *("mmultiscripts", "mprescripts", "none", "mtable", "mtr", "mtd", "mlabeledtr"),
}
# What could act or lead away; the site's policy forbids inline styles.
REFUSED = {"href", "style", "class", "id", "src"}


def mathml(formula: str, is_block: bool) -> str:
    """MathML of a LaTeX formula. Raises ValueError with a sentence for one that cannot be converted."""
    name = f"The formula '{formula.strip()}'"
    try:
        markup: str = convert(formula, display="block" if is_block else "inline")
        # The converter does not escape the text of \text{}.
        elements = list(ElementTree.fromstring(markup).iter())  # noqa: S314  the markup is small and our own
    except Exception as error:  # each mistake has a class of its own, some are IndexErrors
        raise ValueError(f"{name} cannot be read: {type(error).__name__}.") from None
    # It passes a command that it does not know through as text.
    if "\\" in markup:
        raise ValueError(f"{name} uses a command that is not known.")
    if any(element.tag.removeprefix(SPACE) not in ELEMENTS or REFUSED & set(element.attrib) for element in elements):
        raise ValueError(f"{name} holds HTML, a link or a style.")
    return markup
