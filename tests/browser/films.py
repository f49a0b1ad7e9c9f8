"""A site of lessons that each have some text and the same video: every test takes one that no other has used.

A room remembers its position and its lines for a while, so tests that share a lesson would meet each other's.
"""

import shutil
from itertools import count
from pathlib import Path

from tests.helpers.app import INDEX, write
from tests.helpers.server import ROOT, RunningSite

MEDIA = ROOT / "courses" / "content" / "realtime" / "03-changes" / "media"
LESSONS = 40
DOUBLE = "/courses/films/together/double"
OURS, YOUTUBE = "src: media/diffs.webm", "src: youtube:dQw4w9WgXcQ"
LESSON = """---
title: Film {number}
summary: A film to watch together.
---
It is also how a small server learns to groan. With a thousand people on the list, every single step of one of them
would send a thousand names to a thousand screens.

```video
id: diffs
src: media/diffs.webm
title: A state and its diffs, drawn
length: 94
captions: media/diffs.en.vtt
poster: media/diffs.webp
```

## What a topic remembers

For each topic the server keeps two things: what is true now, and what it has told everyone.

## Exercise

Watch it.
"""


class FilmSite(RunningSite):
    """`lesson()` is the path of a lesson that is new to everyone; DOUBLE has the video twice.

    The lesson after that shows one of YouTube.
    """

    def __init__(self, folder: Path, **environment: str) -> None:
        section = folder / "content" / "films" / "01-together"
        if not section.exists():
            write(folder / "content" / "films" / "course.md", INDEX.format(title="Films"))
            write(section / "section.md", INDEX.format(title="Together"))
            again = LESSON[LESSON.index("```video") : LESSON.index("## What")].replace("id: diffs", "id: again")
            write(section / f"{LESSONS}-double.md", LESSON.format(number="twice") + again)
            for number in range(LESSONS):
                write(section / f"{number:02}-film-{number}.md", LESSON.format(number=number))
            write(section / f"{LESSONS + 1}-elsewhere.md", LESSON.format(number="elsewhere").replace(OURS, YOUTUBE))
            shutil.copytree(MEDIA, section / "media")
        super().__init__(folder, CONTENT_DIR=str(folder / "content"), VIDEO_HOSTS="youtube", **environment)
        self._numbers = count(1)

    def lesson(self) -> str:
        return f"/courses/films/together/film-{next(self._numbers)}"
