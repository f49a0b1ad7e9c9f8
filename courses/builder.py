"""Makes courses, sections and lessons of the drafts that reader.py read, when every link can be judged."""

from markupsafe import Markup

from . import markdown
from .catalog import Course, Lesson, Section


def build_course(draft, links):
    order = [lesson.place for section in draft.below for lesson in section.below]
    neighbours = dict(zip(order, zip([None, *order], [*order[1:], None], strict=False), strict=True))
    inherited = {"reactions": draft.meta.get("reactions", True)}
    sections = tuple(
        build_section(section, number, links, neighbours, inherited) for number, section in enumerate(draft.below, 1)
    )
    return Course(draft.slug, draft.meta["title"], draft.meta["summary"], sections, introduction(draft, links))


def build_section(draft, number, links, neighbours, inherited):
    lessons = tuple(build_lesson(lesson, n, links, neighbours, inherited) for n, lesson in enumerate(draft.below, 1))
    return Section(draft.slug, number, draft.meta["title"], draft.meta["summary"], draft.place, lessons)


def build_lesson(draft, number, links, neighbours, inherited):
    return Lesson(
        slug=draft.slug,
        number=number,
        title=draft.meta["title"],
        summary=draft.meta["summary"],
        place=draft.place,
        parts=parts(draft, links),
        headings=draft.document.headings,
        reactions=draft.meta.get("reactions", inherited["reactions"]),
        minutes=draft.document.minutes,
        before=neighbours[draft.place][0],
        after=neighbours[draft.place][1],
    )


def introduction(draft, links):
    """The HTML of a course's own page, which is the same for everyone."""
    for block in draft.document.blocks.values():
        raise draft.document.page.error(f"A {block.kind} can only stand in a lesson.", block.line - 1)
    return Markup().join(part for part in parts(draft, links) if isinstance(part, Markup))


def parts(draft, links):
    page = draft.document.page
    for block in draft.document.blocks.values():
        for name in getattr(block.value, "files", ()):
            links.media.add(page.path, draft.place, name)
    return markdown.render(draft.document, links.resolver(page.path, draft.place))
