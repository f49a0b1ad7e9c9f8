"""The latest profile of each user, kept 10 minutes, so a late Enter cannot undo a newer visibility choice. Pure.

A process reads a user's profile when their socket connects. It may not yet have read from the log what another process
has written by then; a user who has just chosen to hide must not be shown in between.
"""

from dataclasses import replace

from .changes import Enter
from .connections import Member
from .people import User
from .visibility import becomes_visible

KEPT_SECONDS = 600.0
"""Longer than any process should be cut off from the log."""


class RecentProfiles:
    """By user id, whether the user is present or not."""

    def __init__(self) -> None:
        self._users: dict[str, tuple[float, User]] = {}

    def put(self, user: User, at: float) -> None:
        """Remember a profile that was published at `at` Unix seconds."""
        _, known = self._users.pop(user.id, (at, user))
        self._users[user.id] = at, user if user.revision >= known.revision else known

    def forget(self, user_id: str) -> None:
        """Forget a user who has left the site: the next one with this id is another person."""
        self._users.pop(user_id, None)

    def get(self, user_id: str) -> User | None:
        return self._users.get(user_id, (0.0, None))[1]

    def with_latest_profile(self, enter: Enter, member: Member | None) -> Enter:
        """The enter with the latest known profile of its user; `member` is that user, if present."""
        _, known = self._users.get(enter.user.id, (0.0, enter.user))
        known = member.user if member else known
        if known.revision <= enter.user.revision:
            return enter
        if becomes_visible(enter.user, known):
            says, until = member.said(enter.place) if member else ("", 0.0)
            enter = replace(enter, since=None, says=says, until=until)
        user = replace(known, session=enter.user.session)
        return replace(enter, user=user, since=member.since if member else enter.since)

    def expire(self, now: float) -> None:
        """Forget the profiles that are older than KEPT_SECONDS."""
        while self._users:
            oldest = next(iter(self._users))
            if self._users[oldest][0] + KEPT_SECONDS > now:
                return
            del self._users[oldest]
