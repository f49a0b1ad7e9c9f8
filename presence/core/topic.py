"""What is published about everybody at a place or below it: a state, and the diffs that lead to the next. Pure.

A topic keeps what is true now and what it has published. `publish()` compares the two for those who changed: the latest
state of a person wins, and a change that alters nothing is no diff. `state()` is what has been published, so a state of
sequence number n and the diffs from n + 1 on always fit together, whoever joins when.

    state   {"topic", "epoch", "seq", "people": [Person], "counts": {child: n}, "total": n}
    diff    {"topic", "epoch", "seq", "joins": [Person], "updates": [Person], "leaves": [key],
             "counts": {child: n}, "total": n}

`people` is full detail up to the topic's cap. `counts` is exact: how many people are in each child, the anonymous
included; a person with tabs in two children counts in both, and once in `total`. In a diff empty lists and counts are
left out, and a child that nobody is in any more is sent as 0.
"""

from typing import Protocol

from .people import Company, Person, User, is_shown, person
from .places import SITE, child_of, is_within
from .sample import Sample

NEAR_CAP = 250
FAR_CAP = 24
NOWHERE: frozenset[str] = frozenset()


class Member(Protocol):
    """What a topic needs to know of somebody who is present."""

    user: User
    key: str

    @property
    def since(self) -> float: ...

    @property
    def places(self) -> list[str]: ...

    @property
    def status(self) -> str: ...

    @property
    def company(self) -> Company | None: ...


class Topic:
    """One topic: `path`, `epoch` (which process, which start), `seq` (how many diffs it has published)."""

    def __init__(self, path: str, epoch: str, seq: int = 0, cap: int | None = None) -> None:
        self.path, self.epoch, self.seq = path, epoch, seq
        self._members: dict[str, Member] = {}
        self._children: dict[str, frozenset[str]] = {}
        self._counts: dict[str, int] = {}
        self._is_near = path.count("/") == 1
        self._sample = Sample(cap or (NEAR_CAP if self._is_near else FAR_CAP))
        self._dirty: dict[str, None] = {}
        self._dirty_counts: dict[str, None] = {}
        self._published: dict[str, Person] = {}
        self._published_counts: dict[str, int] = {}
        self._published_total = 0

    @property
    def total(self) -> int:
        """How many people are here now, published or not."""
        return len(self._members)

    def count(self, child: str) -> int:
        """How many people are in a child now, published or not."""
        return self._counts.get(child, 0)

    def put(self, user_id: str, member: Member) -> None:
        """Somebody is here, or is here in another way than before."""
        children = frozenset(
            child for path in member.places if is_within(self.path, path) and (child := child_of(self.path, path))
        )
        before = self._children.get(user_id, NOWHERE)
        if children != before:
            self._count(before, children)
        self._members[user_id], self._children[user_id] = member, children
        if is_shown(member.user):
            # Far people are spread over the children; of near ones nobody shall vanish for going to the next lesson.
            group = SITE if self._is_near else min(children, default=SITE)
            self._mark(user_id, self._sample.put(user_id, group, member.since))
        else:
            self._mark(user_id, self._sample.remove(user_id))

    def remove(self, user_id: str) -> None:
        """Somebody is not here any more. Not an error for one who never was."""
        if self._members.pop(user_id, None) is None:
            return
        self._count(self._children.pop(user_id), NOWHERE)
        self._mark(user_id, self._sample.remove(user_id))

    def state(self) -> dict:
        """Everything published so far, as the `presence_state` payload."""
        return self._payload(
            people=sorted(self._published.values(), key=_by_arrival),
            counts=dict(self._published_counts),
            total=self._published_total,
        )

    def publish(self) -> dict | None:
        """Publish what has changed: the `presence_diff` payload that says so, or None when nothing others see has."""
        people, counts = self._changed_people(), self._changed_counts()
        if not people and not counts and self.total == self._published_total:
            return None
        self._published_total = self.total
        self.seq += 1
        return self._payload(**people, **({"counts": counts} if counts else {}), total=self.total)

    def _payload(self, **parts) -> dict:
        return {"topic": self.path, "epoch": self.epoch, "seq": self.seq, **parts}

    def _mark(self, user_id: str, others: set[str]) -> None:
        self._dirty[user_id] = None
        self._dirty.update(dict.fromkeys(others))

    def _count(self, before: frozenset[str], now: frozenset[str]) -> None:
        for child in before ^ now:
            self._counts[child] = self._counts.get(child, 0) + (1 if child in now else -1)
            if not self._counts[child]:
                del self._counts[child]
            self._dirty_counts[child] = None

    def _changed_people(self) -> dict[str, list]:
        """The joins, updates and leaves, those that are not empty."""
        parts: dict[str, list] = {"joins": [], "updates": [], "leaves": []}
        for user_id in self._dirty:
            before, now = self._published.get(user_id), self._person(user_id)
            self._sort_out(parts, before, now)
            if now is None:
                self._published.pop(user_id, None)
            else:
                self._published[user_id] = now
        self._dirty.clear()
        # In no order that tells who was here unseen before, or that differs between processes.
        parts["joins"].sort(key=_by_arrival)
        parts["updates"].sort(key=_by_arrival)
        parts["leaves"].sort()
        return {name: part for name, part in parts.items() if part}

    def _sort_out(self, parts: dict[str, list], before: Person | None, now: Person | None) -> None:
        if before == now:
            return
        if before and now and before["key"] == now["key"]:
            parts["updates"].append(now)
            return
        if before:
            parts["leaves"].append(before["key"])
        if now:
            parts["joins"].append(now)

    def _person(self, user_id: str) -> Person | None:
        if user_id not in self._sample:
            return None
        member = self._members[user_id]
        places = (path for path in member.places if is_within(self.path, path))
        return person(member.user, member.key, places, member.status, member.since, member.company)

    def _changed_counts(self) -> dict[str, int]:
        changed = {
            child: self._counts.get(child, 0)
            for child in self._dirty_counts
            if self._counts.get(child, 0) != self._published_counts.get(child, 0)
        }
        self._dirty_counts.clear()
        for child, n in changed.items():
            if n:
                self._published_counts[child] = n
            else:
                del self._published_counts[child]
        return changed


def _by_arrival(person: Person) -> tuple[int, str]:
    return person["since"], person["key"]
