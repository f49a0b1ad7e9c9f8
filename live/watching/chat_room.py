"""The chat beside a video: the part of the room that takes lines, removes them and mutes their authors.

Cells: `said:<id>` for everyone. Two audiences have no one in them and are what all processes know: `authors` (who said
which line) and `muted`, both by a digest that is no one's public key.
"""

import hmac
import secrets
from itertools import count
from typing import Annotated, Any

from flask import current_app

from accounts import roles
from live import plain_words
from live.participants import require_instructor
from presence import Presence
from presence.rooms import Attendee, Rejected, Room, call

from . import chat
from .block import Video
from .shared_clock import SharedClock
from .videos import Videos

LONGEST_MUTE_MINUTES = 60


class ChatRoom(Room):
    """Base of the room `watching`."""

    def __init__(self, presence: Presence, videos: Videos) -> None:
        super().__init__(presence)
        self._videos = videos
        self._line_ids = (f"{secrets.token_hex(4)}-{n}" for n in count(1))

    @call(per_second=0.5, burst=4)
    def say(self, who: Attendee, words: Annotated[str, chat.LONGEST], video: str = "") -> None:
        """Say something in the chat, at the position where the video stands."""
        found = self._videos.find(who.place, video)
        self._check_chat(who, found)
        plain = plain_words.plain(words)
        if not plain:
            raise Rejected("Write something first.")
        now, cells = self.now_ms(), self.cells(who.place)
        clock = SharedClock.of(cells.get(found.id))
        at = round(clock.position(now, found.length), 1) if clock else 0.0
        line = {"by": who.face, "words": plain, "video_at": at, "at": now}
        self._put_line(who, next(self._line_ids), line, chat.too_many(cells, line))

    @call(per_second=2, open_to="counted")
    def remove(self, who: Attendee, id: str) -> None:
        """Remove a line of the chat, as an instructor."""
        require_instructor(who, "Only an instructor can remove a line.")
        line = self._line(who.place, id)
        removed = {"removed": True, "video_at": line["video_at"], "at": line["at"]}
        self.put(who.place, {f"said:{id}": removed}, until=self.now() + chat.KEPT_SECONDS)

    @call(per_second=2, open_to="counted")
    def hush(self, who: Attendee, id: str, minutes: int) -> None:
        """Mute the author of a line at this place, as an instructor."""
        require_instructor(who, "Only an instructor can mute someone.")
        if not 1 <= minutes <= LONGEST_MUTE_MINUTES:
            raise Rejected(f"Mute someone for 1 to {LONGEST_MUTE_MINUTES} minutes, not {minutes}.")
        author = self.cells(who.place, "authors").get(f"author:{id}")
        if author is None:
            raise Rejected("That line is already gone.")
        until = self.now() + 60 * minutes
        self.put(who.place, {f"muted:{author}": True}, audience="muted", until=until)

    def now_ms(self) -> int:
        """The moment in milliseconds, by the clock that all processes share."""
        return round(self.now() * 1000)

    def _check_chat(self, who: Attendee, video: Video) -> None:
        if not video.has_chat:
            raise Rejected("This video has no chat.")
        if not roles.has_instructor():
            raise Rejected("The chat is closed, because this site has no instructor to moderate it.")
        if f"muted:{_digest(who)}" in self.cells(who.place, "muted"):
            raise Rejected("An instructor has muted you here for a while.")

    def _put_line(self, who: Attendee, id: str, line: dict[str, Any], gone: list[str]) -> None:
        until = self.now() + chat.KEPT_SECONDS
        # Someone simulated leaves nothing behind: the simulation ends, and its lines with it.
        goes = who.role == "simulated"
        authors = {f"author:{id}": _digest(who)}
        self.put(who.place, authors, audience="authors", of=who, while_here=goes, until=until, keep=chat.LINES)
        if gone:
            self.put(who.place, dict.fromkeys(gone))
        self.put(who.place, {f"said:{id}": line}, of=who, while_here=goes, until=until, keep=chat.LINES)

    def _line(self, place: str, id: str) -> dict[str, Any]:
        line = self.cells(place).get(f"said:{id}")
        if line is None:
            raise Rejected("That line is already gone.")
        return line


def _digest(who: Attendee) -> str:
    """Stands for an account in cells that no one gets. Not the public key: that changes with the visibility."""
    secret = str(current_app.secret_key).encode()
    return hmac.digest(secret, f"chat {who.id}".encode(), "sha256").hex()[:20]
