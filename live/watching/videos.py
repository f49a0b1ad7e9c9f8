"""The videos of a lesson."""

from courses import Block, Lesson

from .block import Video


def videos_of(lesson: Lesson | None) -> dict[str, Video]:
    """By id, in the order of the lesson; none for what is no lesson."""
    parts = lesson.parts if lesson else ()
    return {part.id: part.value for part in parts if isinstance(part, Block) and part.kind == "video"}
