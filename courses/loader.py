"""Reads the content folder into a Catalog. Broken files raise one CatalogError with all faults.

    content/<course>/course.md                  title, summary, order, lang, exercise; the body is the introduction
    content/<course>/<NN-section>/section.md    title, summary, figure
    content/<course>/<NN-section>/<NN-lesson>.md    title, summary; the body ends with `## Exercise`

Two passes: all files are parsed first, so that a link can be checked against the headings of any page. Names that begin
with a dot or an underscore are skipped; a folder without Markdown holds pictures and other files.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from . import builder, markdown, renames, unread
from .anchors import normal, section_anchor
from .blocks import BlockKind
from .catalog import Catalog
from .content_file import broken, read
from .draft import Draft
from .faults import CatalogError, Faults
from .link_resolver import Links
from .media import MARKDOWN

NUMBERED = re.compile(r"\d+-([a-z0-9]+(?:-[a-z0-9]+)*)")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
COURSE_KEYS = ("order", "reactions", "timer", "lang", "exercise", "formerly")
SECTION_KEYS = ("formerly", "figure")
LESSON_KEYS = ("reactions", "exercise", "formerly")


def load(
    content: Path, root: Path, kinds: Mapping[str, BlockKind] | None = None, static: Path | None = None
) -> Catalog:
    """The catalog of the folder `content`; messages and `file:` links are relative to `root`.

    `kinds` are the fences that are blocks, by the word behind their backticks; `static` holds what `/static/` serves.
    """
    content, root = content.resolve(), root.resolve()
    reader = Reader(content, root, kinds or {})
    courses = reader.courses()
    faults = reader.faults
    moved = renames.moved(courses, faults)
    links = Links(content, root, static or root / "static", *builder.targets(courses))
    parts = builder.render(courses, links, faults)
    figures = builder.figures(courses, links, faults)
    faults.raise_if_any()
    built = tuple(builder.build_course(course, parts, figures) for course in courses)
    warnings = tuple(f"{reader.label(path)} is not read: {why}" for path, why in unread.files(content, courses))
    return Catalog(built, links.sources, links.media.files, moved, warnings)


class Reader:
    """Parses all files; a broken one becomes a fault and a draft without a document."""

    def __init__(self, content: Path, root: Path, kinds: Mapping[str, BlockKind]) -> None:
        self.content, self.root, self.kinds = content, root, kinds
        self.faults = Faults()

    def label(self, path: Path) -> str:
        return str(path.relative_to(self.root)) if path.is_relative_to(self.root) and path != self.root else str(path)

    def error(self, path: Path, message: str) -> CatalogError:
        return broken(self.label(path), message)

    def courses(self) -> list[Draft]:
        if not self.content.is_dir():
            raise self.error(self.content, "The folder of the courses is missing.")
        drafts = []
        for folder in self.folders(self.content):
            with self.faults.collecting():
                drafts.append(self.course(folder))
        return sorted(drafts, key=lambda draft: (draft.meta.get("order", 0), draft.slug))

    def folders(self, folder: Path) -> list[Path]:
        return sorted(path for path in folder.iterdir() if path.is_dir() and is_read(path) and holds_markdown(path))

    def course(self, folder: Path) -> Draft:
        if not SLUG.fullmatch(folder.name):
            raise self.error(folder, "A course folder is named with small letters, digits and hyphens.")
        sections = self.numbered(self.folders(folder), folder.name, self.section)
        taken = {section_anchor(section.slug) for section in sections}
        course = self.draft(folder / "course.md", folder.name, COURSE_KEYS, sections, taken)
        if not sections and course.document:
            self.faults.add(course.document.page.fault("The course has no section."))
        for lesson in (lesson for section in sections for lesson in section.below):
            self.check_exercise(lesson, course)
        return course

    def section(self, folder: Path, place: str) -> Draft:
        files = [path for path in folder.iterdir() if path.suffix == ".md" and path.name != "section.md"]
        lessons = self.numbered([path for path in files if is_read(path) and path.is_file()], place, self.lesson)
        section = self.draft(folder / "section.md", place, SECTION_KEYS, lessons)
        if not lessons and section.document:
            self.faults.add(section.document.page.fault("The section is empty: it has no lesson."))
        return section

    def lesson(self, path: Path, place: str) -> Draft:
        return self.draft(path, place, LESSON_KEYS)

    def draft(
        self, path: Path, place: str, keys: tuple[str, ...], below: Iterable[Draft] = (), taken: Iterable[str] = ()
    ) -> Draft:
        document = None
        with self.faults.collecting():
            page, faults = read(path, self.label(path), keys)
            self.faults.add(*faults)
            document = markdown.parse(page, self.kinds, set(taken), self.faults)
        return Draft(place, path, self.label(path), document, tuple(below))

    def check_exercise(self, lesson: Draft, course: Draft) -> None:
        """The last chapter is the exercise, unless front matter says that there is none."""
        name = builder.exercise_name(lesson, course)
        if not lesson.document or name is None:
            return
        chapters = [heading.text for heading in lesson.document.headings if heading.level == 2]
        if not chapters or normal(chapters[-1]) != normal(name):
            self.faults.add(lesson.document.page.fault(f"A lesson ends with the heading `## {name}`."))

    def numbered(self, paths: list[Path], parent: str, make: Callable[[Path, str], Draft]) -> list[Draft]:
        """Drafts of files or folders named like `02-rooms`, in the order of their numbers."""
        drafts: dict[str, Draft] = {}
        named = [path for path in sorted(paths) if self.is_named(path)]
        for path in sorted(named, key=lambda path: (int(stem(path).split("-", 1)[0]), path.name)):
            slug = stem(path).split("-", 1)[1]
            place = f"{parent}/{slug}"
            if place in drafts:
                first = drafts[place].label
                self.faults.add(*self.error(path, f"Its slug '{slug}' is that of {first} too.").faults)
            else:
                drafts[place] = make(path, place)
        return list(drafts.values())

    def is_named(self, path: Path) -> bool:
        if NUMBERED.fullmatch(stem(path)):
            return True
        self.faults.add(*self.error(path, "Its name must be a number, a hyphen and a slug, like 02-rooms.").faults)
        return False


def stem(path: Path) -> str:
    return path.stem if path.suffix == ".md" else path.name


def is_read(path: Path) -> bool:
    return path.name[0] not in "._"


def holds_markdown(folder: Path) -> bool:
    return any(MARKDOWN.fullmatch(path.suffix) and is_read(path) for path in folder.rglob("*"))
