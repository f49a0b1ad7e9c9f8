"""Converts recorded time to replay time. Pure.

Times within the recording are divided by `speed`. Times before it, like the arrival of a user who was already present
when it began, keep their distance: "10 min" is then right at the beginning, and the order of arrival is kept.
"""

from dataclasses import dataclass, replace
from typing import Any

from presence.core.changes import Change, Enter
from presence.core.people import User


@dataclass(frozen=True)
class Timeline:
    """`began` is when the recording began, `start` when its replay starts, both in Unix seconds."""

    began: float
    start: float
    speed: float

    def moment(self, at: float) -> float:
        """The replay time of a recorded time."""
        passed = at - self.began
        return self.start + (passed / self.speed if passed > 0 else passed)

    def recorded(self, now: float) -> float:
        """The recorded time of a replay time."""
        return self.began + (now - self.start) * self.speed

    def rescale(self, change: Change) -> Change:
        """A change with its times converted to replay time and a name for its user."""
        recorded = {name: getattr(change, name, None) for name in ("since", "until")}
        moments: dict[str, Any] = {name: self.moment(at) for name, at in recorded.items() if at is not None}
        change = replace(change, **moments)
        return replace(change, user=named(change.user)) if isinstance(change, Enter) else change


def named(user: User) -> User:
    """A recorded user with a name made of role and key: `Learner 3f2a`."""
    return replace(user, name=f"{user.role.capitalize()} {user.id[:4]}")
