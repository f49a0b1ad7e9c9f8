"""Ids of headings and sections, kept apart from the ids that the page templates use, and the URLs of places.

A heading's anchor is its text in lower case with hyphens. One that the page uses itself, or that another heading has,
gets a number, and such a section an underscore in front. So an author can call a heading or a section anything.
"""

import re
import unicodedata

# Ids in the templates of pages that show what authors write. A test holds these and the templates together.
PAGE_IDS = frozenset(
    ("account-menu", "contents", "corner", "help", "help-title", "main", "people", "react", "recall", "search")
)
# The study timer.
PAGE_IDS |= {"timer-title", "timer-words"}
# Panels of the class map.
PAGE_IDS |= {"class-lost", "class-polls"}
# Ids that are computed: of lists of people, of footnotes, inside the blocks of a lesson, and of features of live/
PAGE_PATTERN = re.compile(
    r".+-template|(beside|list)-(company|same-lesson|next-door|same-section|same-course|elsewhere)"
    r"|fn(ref)?\d+(:\d+)?|(poll|video)-.+-(question|title)|live-.+"
)


def is_reserved(anchor: str) -> bool:
    return anchor in PAGE_IDS or PAGE_PATTERN.fullmatch(anchor) is not None


def section_anchor(slug: str) -> str:
    """The id of a section on its course's page. No heading's anchor begins with an underscore."""
    return f"_{slug}" if is_reserved(slug) else slug


def place_url(place: str) -> str:
    """The URL of a place; a section is a part of its course's page."""
    course, _, rest = place.partition("/")
    if not course:
        return "/"
    if rest and "/" not in rest:
        return f"/courses/{course}#{section_anchor(rest)}"
    return f"/courses/{place}"


def unique(text: str, taken: set[str]) -> str:
    """An anchor for a heading that is not in `taken` yet; adds it."""
    slug = anchor = slugify(text)
    count = 1
    while anchor in taken or is_reserved(anchor):
        count += 1
        anchor = f"{slug}-{count}"
    taken.add(anchor)
    return anchor


def slugify(text: str) -> str:
    letters = (letter if _is_word(letter) else " " for letter in normal(text).lower())
    return "-".join("".join(letters).split()).strip("_") or "part"


def normal(text: str) -> str:
    """Unicode NFC, so that the same letters compare equal whichever system wrote them."""
    return unicodedata.normalize("NFC", text)


def _is_word(letter: str) -> bool:
    # Marks belong to words: the vowel signs of Hindi are not alphanumeric.
    return letter == "_" or letter.isalnum() or unicodedata.category(letter).startswith("M")
