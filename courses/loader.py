"""Reads the content folder into a Catalog and stops at the first file that is broken.

    content/<course>/course.md                  title, summary, order; the body is the introduction
    content/<course>/<NN-section>/section.md    title, summary
    content/<course>/<NN-section>/<NN-lesson>.md    title, summary; the body ends with `## Exercise`

Two passes: all files are parsed first, so that a link can be checked against the headings of any page.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from . import markdown
from .blocks import BlockKind
from .builder import build_course
from .catalog import Catalog
from .content_file import broken, read
from .link_resolver import Links
from .markdown import Document

NUMBERED = re.compile(r"\d+-([a-z0-9]+(?:-[a-z0-9]+)*)")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Draft:
    """A parsed file and the drafts below it: a course's sections, a section's lessons."""

    place: str
    document: Document
    below: tuple["Draft", ...] = ()

    @property
    def slug(self):
        return self.place.rpartition("/")[2]

    @property
    def meta(self):
        return self.document.page.meta


def load(content: Path, root: Path, kinds: Mapping[str, BlockKind] | None = None) -> Catalog:
    """The catalog of the folder `content`; `root` is the repository that messages and `file:` links are relative to.

    `kinds` are the fences that are blocks, by the word behind their backticks.
    """
    reader = Reader(content.resolve(), root.resolve(), kinds or {})
    courses = reader.courses()
    links = reader.links(courses)
    built = tuple(build_course(course, links) for course in courses)
    return Catalog(built, links.sources, links.media.files)


class Reader:
    def __init__(self, content, root, kinds):
        self.content, self.root, self.kinds = content, root, kinds

    def label(self, path):
        return str(path.relative_to(self.root)) if path.is_relative_to(self.root) else str(path)

    def courses(self):
        if not self.content.is_dir():
            raise broken(self.label(self.content), "The folder of the courses is missing.")
        drafts = [self.course(folder) for folder in self.folders(self.content)]
        return sorted(drafts, key=lambda draft: (draft.meta.get("order", 0), draft.slug))

    def folders(self, folder):
        return sorted(path for path in folder.iterdir() if path.is_dir() and path.name[0] not in "._")

    def course(self, folder):
        if not SLUG.fullmatch(folder.name):
            raise broken(self.label(folder), "A course folder is named with small letters, digits and hyphens.")
        document = self.document(folder / "course.md", ("order", "reactions"))
        sections = self.numbered(self.folders(folder), folder.name, self.section)
        if not sections:
            raise document.page.error("The course has no section.")
        return Draft(folder.name, document, sections)

    def section(self, folder, place):
        document = self.document(folder / "section.md")
        files = sorted(path for path in folder.glob("*.md") if path.name != "section.md")
        lessons = self.numbered(files, place, self.lesson)
        if not lessons:
            raise document.page.error("The section is empty: it has no lesson.")
        return Draft(place, document, lessons)

    def lesson(self, path, place):
        document = self.document(path, ("reactions",))
        chapters = [heading for heading in document.headings if heading.level == 2]
        if not chapters or chapters[-1].text != "Exercise":
            raise document.page.error("A lesson ends with the heading `## Exercise`.")
        return Draft(place, document)

    def document(self, path, optional=()):
        return markdown.parse(read(path, self.label(path), optional), self.kinds)

    def numbered(self, paths, parent, make):
        """Drafts of files or folders named like `02-rooms`, in the order of their numbers."""
        drafts = {}
        for path in sorted(paths, key=lambda path: (int(self.parts(path)[0]), path.name)):
            place = f"{parent}/{self.parts(path)[1]}"
            if place in drafts:
                first = self.label(drafts[place].document.page.path)
                raise broken(self.label(path), f"Its slug '{self.parts(path)[1]}' is that of {first} too.")
            drafts[place] = make(path, place)
        return tuple(drafts.values())

    def parts(self, path):
        name = path.stem if path.suffix == ".md" else path.name
        if not NUMBERED.fullmatch(name):
            raise broken(self.label(path), "Its name must be a number, a hyphen and a slug, like 02-rooms.")
        return name.split("-", 1)

    def links(self, courses):
        anchors = {"": set()}
        places, secret = {}, set()
        for course in courses:
            anchors[course.place] = course.document.ids | {section.slug for section in course.below}
            for section in course.below:
                anchors[section.place] = set()
                for lesson in section.below:
                    anchors[lesson.place] = lesson.document.ids
                    places[lesson.document.page.path] = lesson.place
                    if any(block.is_secret for block in lesson.document.blocks.values()):
                        secret.add(lesson.document.page.path)
        return Links(self.root, anchors, places, secret)
