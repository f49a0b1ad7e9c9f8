"""The appearance of each owner of cells when they put them. Pure.

A cell must not outlive the appearance of its owner: beside another name it would reveal that both are one user.
"""

from ..core.people import User
from ..core.recent_profiles import RecentProfiles
from ..core.room_changes import Put
from ..core.roster import Roster
from ..core.visibility import appearance


class Appearances:
    """By user id, of the owners of cells."""

    def __init__(self, roster: Roster) -> None:
        self._roster, self._recent = roster, RecentProfiles()
        self._seen: dict[str, str] = {}

    def of(self, user_id: str) -> str:
        """The appearance of a user when they put their cells; "" for one who has none."""
        return self._seen.get(user_id, "")

    def remember(self, user: User, at: float) -> None:
        """Remember a profile that was published at `at` Unix seconds."""
        self._recent.put(user, at)

    def has_changed(self, user: User) -> bool:
        """Whether a user who has cells is seen as someone else now."""
        seen = self._seen.get(user.id)
        if seen is None:
            return False
        member = self._roster.members.get(user.id)
        return seen != appearance(member.user if member else user)

    def accepts(self, put: Put) -> bool:
        """Whether the owner of new cells is still seen as when they were put, as far as this process knows."""
        member = self._roster.members.get(put.of)
        latest = member.user if member else self._recent.get(put.of)
        if latest and appearance(latest) != put.seen:
            return False
        self._seen[put.of] = put.seen
        return True

    def forget(self, user_id: str) -> None:
        self._seen.pop(user_id, None)

    def expire(self, now: float) -> None:
        """Forget the profiles that are too old to matter."""
        self._recent.expire(now)

    def clear(self) -> None:
        """Forget all owners: there are no cells."""
        self._seen.clear()
