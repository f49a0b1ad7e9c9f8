"""Makes courses, sections and lessons from drafts, once every link can be checked."""

from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup

from . import markdown
from .anchors import section_anchor
from .blocks import Part
from .course import Course, Section
from .draft import Draft
from .faults import Fault, Faults
from .lesson import Heading, Lesson
from .link_resolver import Links
from .media import file_beside

Parts = Mapping[str, tuple[Part, ...]]
Neighbours = Mapping[str, tuple[str | None, str | None]]
DEFAULT_EXERCISE = "Exercise"
# Of the symbol in a section's drawing: a drawing that is used and not embedded takes the page's colours.
FIGURE_ID = "figure"


class AnyAnchor(set[str]):
    """The ids of a page that could not be read: a link to it is not a second fault."""

    def __contains__(self, _anchor: object) -> bool:
        return True


def targets(courses: list[Draft]) -> tuple[dict[str, set[str]], dict[Path, str], set[Path]]:
    """The targets that links may have: the ids of each place, the place of each lesson's file, and the secret files."""
    anchors: dict[str, set[str]] = {"": set()}
    places, secret = {}, set()
    for draft in (draft for course in courses for draft in course.walk()):
        anchors[draft.place] = draft.document.ids if draft.document else AnyAnchor()
        if draft.place.count("/") == 2:
            places[draft.path] = draft.place
        if draft.document and any(block.is_secret for block in draft.document.blocks.values()):
            secret.add(draft.path.resolve())
    for course in courses:
        anchors[course.place] |= {section_anchor(section.slug) for section in course.below}
    return anchors, places, secret


def render(courses: list[Draft], links: Links, faults: Faults) -> Parts:
    """The parts of every page by its place; links that lead nowhere become faults."""
    drafts = [draft for course in courses for draft in course.walk()]
    return {draft.place: _parts(draft, links, faults) for draft in drafts if draft.document}


def _parts(draft: Draft, links: Links, faults: Faults) -> tuple[Part, ...]:
    assert draft.document  # noqa: S101  checked by render()
    page = draft.document.page
    for block in draft.document.blocks.values():
        if draft.place.count("/") != 2:
            faults.add(page.fault(f"A {block.kind} can only stand in a lesson.", block.line - 1))
        for name in getattr(block.value, "files", ()):
            try:
                links.media.add(page.path, draft.place, name)
            except LookupError as error:
                faults.add(page.fault(str(error), block.line - 1))
    return markdown.render(draft.document, links.resolver(page.path, draft.place), faults)


def figures(courses: list[Draft], links: Links, faults: Faults) -> Mapping[str, str]:
    """The URL of the drawing of each section that has one, by its place."""
    found = {}
    for section in (section for course in courses for section in course.below if "figure" in section.meta):
        try:
            found[section.place] = _figure(section, links)
        except LookupError as error:
            faults.add(Fault(section.label, 0, str(error)))
    return found


def _figure(section: Draft, links: Links) -> str:
    name = section.meta["figure"]
    url = links.media.add(section.path, section.place, name)
    if f'id="{FIGURE_ID}"' not in file_beside(section.path, name).read_text("utf-8", "replace"):
        raise LookupError(f"The figure '{name}' has no symbol with the id '{FIGURE_ID}'.")
    return f"{url}#{FIGURE_ID}"


def exercise_name(lesson: Draft, course: Draft) -> str | None:
    """The heading of the lesson's last chapter; None where there are no exercises."""
    name = lesson.meta.get("exercise", course.meta.get("exercise", DEFAULT_EXERCISE))
    return None if name == "none" else name


def build_course(draft: Draft, parts: Parts, figures: Mapping[str, str]) -> Course:
    order = [lesson.place for section in draft.below for lesson in section.below]
    neighbours = dict(zip(order, zip([None, *order], [*order[1:], None], strict=False), strict=True))
    return Course(
        slug=draft.slug,
        title=draft.meta["title"],
        summary=draft.meta["summary"],
        sections=tuple(
            _section(draft, section, number, parts, neighbours, figures.get(section.place, ""))
            for number, section in _numbered(draft)
        ),
        html=Markup().join(part for part in parts[draft.place] if isinstance(part, Markup)),
        lang=draft.meta.get("lang", "en"),
    )


def _section(course: Draft, draft: Draft, number: int, parts: Parts, neighbours: Neighbours, figure: str) -> Section:
    lessons = tuple(_lesson(course, lesson, n, parts, neighbours) for n, lesson in _numbered(draft))
    return Section(draft.slug, number, draft.meta["title"], draft.meta["summary"], draft.place, lessons, figure)


def _lesson(course: Draft, draft: Draft, number: int, parts: Parts, neighbours: Neighbours) -> Lesson:
    assert draft.document  # noqa: S101  load() has raised for a broken file
    return Lesson(
        slug=draft.slug,
        number=number,
        title=draft.meta["title"],
        summary=draft.meta["summary"],
        place=draft.place,
        parts=parts[draft.place],
        headings=draft.document.headings,
        exercise=_exercise(course, draft),
        reactions=draft.meta.get("reactions", course.meta.get("reactions", True)),
        timer=course.meta.get("timer", True),
        minutes=draft.document.minutes,
        before=neighbours[draft.place][0],
        after=neighbours[draft.place][1],
    )


def _exercise(course: Draft, lesson: Draft) -> Heading | None:
    if exercise_name(lesson, course) is None or not lesson.document:
        return None
    return [heading for heading in lesson.document.headings if heading.level == 2][-1]


def _numbered(draft: Draft) -> list[tuple[int, Draft]]:
    return list(enumerate(draft.below, 1))
