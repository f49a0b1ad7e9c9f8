"""Makes courses, sections and lessons of the drafts that reader.py read, when every link can be judged."""

from . import markdown
from .catalog import Course, Lesson, Section


def build_course(draft, links):
    order = [lesson.place for section in draft.below for lesson in section.below]
    neighbours = dict(zip(order, zip([None, *order], [*order[1:], None], strict=False), strict=True))
    sections = tuple(build_section(section, number, links, neighbours) for number, section in enumerate(draft.below, 1))
    return Course(draft.slug, draft.meta["title"], draft.meta["summary"], sections, html(draft, links))


def build_section(draft, number, links, neighbours):
    lessons = tuple(build_lesson(lesson, n, links, neighbours) for n, lesson in enumerate(draft.below, 1))
    return Section(draft.slug, number, draft.meta["title"], draft.meta["summary"], draft.place, lessons)


def build_lesson(draft, number, links, neighbours):
    return Lesson(
        slug=draft.slug,
        number=number,
        title=draft.meta["title"],
        summary=draft.meta["summary"],
        place=draft.place,
        html=html(draft, links),
        headings=draft.document.headings,
        minutes=draft.document.minutes,
        before=neighbours[draft.place][0],
        after=neighbours[draft.place][1],
    )


def html(draft, links):
    return markdown.render(draft.document, links.resolver(draft.document.page.path, draft.place))
