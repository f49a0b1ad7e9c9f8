"""Scratch content for the site: as many courses as it takes, each of 56 sections of 8 short lessons.

`load/places.js` counts the places in the same way.
"""

import shutil
from pathlib import Path

SECTIONS_OF_A_COURSE = 56
LESSONS_OF_A_SECTION = 8

LESSON = (
    "---\ntitle: {title}\nsummary: A lesson to be present at.\n---\nNothing to read.\n\n## Exercise\n\nBe present.\n"
)
POLL = "\n```poll\nid: bench\nquestion: Which one?\noptions: [One, Two, Three]\nanswer: 2\nexplain: It is so.\n```\n"
VIDEO = "\n```video\nid: short\nsrc: {0}.webm\ntitle: Six seconds\nlength: 6\ncaptions: {0}.en.vtt\n```\n".format(
    "media/short"
)
MEDIA = Path(__file__).resolve().parent.parent / "tests" / "content" / "web" / "01-rooms" / "media"
SECTION = "---\ntitle: {title}\nsummary: A section to be present in.\n---\n"


def write(folder: Path, sections: int) -> None:
    """Write so many sections below `folder`, as the site's reader wants them."""
    for number in range(sections):
        course = folder / f"course-{number // SECTIONS_OF_A_COURSE}"
        _write_page(course / "course.md", SECTION, f"Course {course.name}")
        _write_section(course, number % SECTIONS_OF_A_COURSE)


def _write_section(course: Path, number: int) -> None:
    folder = course / f"{number:02}-section-{number}"
    _write_page(folder / "section.md", SECTION, f"Section {number}")
    for lesson in range(LESSONS_OF_A_SECTION):
        # One lesson has a poll and a video, the first of all.
        is_first = number == lesson == 0
        _write_page(folder / f"{lesson:02}-lesson-{lesson}.md", LESSON + (VIDEO + POLL) * is_first, f"Lesson {lesson}")
    shutil.copytree(MEDIA, folder / "media")


def _write_page(path: Path, text: str, title: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.format(title=title))
