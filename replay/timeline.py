"""The time of a replay. Pure.

What happened while the recording ran is `speed` times nearer together. What lies before it, like the moment at which
somebody came who was there when it began, is as long ago as it was. So "since 10 min" is right at the beginning, and
who came first stays first.
"""

from dataclasses import dataclass, replace

from presence.core.changes import Change, Enter
from presence.core.people import User


@dataclass(frozen=True)
class Pace:
    """`began` is when the recording begins, `start` when it is replayed from, both in Unix seconds."""

    began: float
    start: float
    speed: float

    def moment(self, at: float) -> float:
        """When a moment of the recording is in the replay."""
        passed = at - self.began
        return self.start + (passed / self.speed if passed > 0 else passed)

    def recorded(self, now: float) -> float:
        """The moment of the recording that is replayed now."""
        return self.began + (now - self.start) * self.speed

    def paced(self, change: Change) -> Change:
        """A change with its moments in the time of the replay, and with a name for who has none."""
        moments = {name: getattr(change, name, None) for name in ("since", "until")}
        change = replace(change, **{name: self.moment(at) for name, at in moments.items() if at is not None})
        return replace(change, user=named(change.user)) if isinstance(change, Enter) else change


def named(user: User) -> User:
    """Somebody of a recording, under a name that tells their key: `Learner 3f2a`."""
    return replace(user, name=f"{user.role.capitalize()} {user.id[:4]}")
