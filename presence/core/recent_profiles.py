"""What users have become lately, here or not: for an enter that was made before and is read after. Pure.

A process reads who somebody is when their socket connects. What another one has written to the log by then, it may not
have read yet; nobody must be shown for that moment who has just chosen not to be.
"""

from dataclasses import replace

from .changes import Enter
from .connections import Member
from .people import User, comes_into_view

KEPT_SECONDS = 600.0
"""Longer than any process should be cut off from the log."""


class Lately:
    """The user that a profile told of last, for KEPT_SECONDS."""

    def __init__(self) -> None:
        self._users: dict[str, tuple[float, User]] = {}

    def put(self, user: User, at: float) -> None:
        """A user has become another one, at Unix seconds."""
        _, known = self._users.pop(user.id, (at, user))
        self._users[user.id] = at, user if user.revision >= known.revision else known

    def forget(self, user_id: str) -> None:
        """A user has left the site, and whoever gets their id next is somebody else."""
        self._users.pop(user_id, None)

    def get(self, user_id: str) -> User | None:
        return self._users.get(user_id, (0.0, None))[1]

    def bring_up_to_date(self, enter: Enter, member: Member | None) -> Enter:
        """An enter, by a process that may not have heard yet of a choice and must not undo it; `member` is its user."""
        _, known = self._users.get(enter.user.id, (0.0, enter.user))
        known = member.user if member else known
        if known.revision <= enter.user.revision:
            return enter
        if comes_into_view(enter.user, known):
            says, until = member.said(enter.place) if member else ("", 0.0)
            enter = replace(enter, since=None, says=says, until=until)
        user = replace(known, session=enter.user.session)
        return replace(enter, user=user, since=member.since if member else enter.since)

    def expire(self, now: float) -> None:
        """Forget what was heard long enough ago."""
        while self._users:
            oldest = next(iter(self._users))
            if self._users[oldest][0] + KEPT_SECONDS > now:
                return
            del self._users[oldest]
