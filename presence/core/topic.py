"""State and diffs of one topic: what is published about everyone at a place or below it. Pure.

A topic keeps what is true now and what it has published. `publish()` compares the two for those who changed: the latest
state of a person wins, and a change that alters nothing makes no diff. `state()` is what has been published, so a state
of sequence number n and the diffs from n + 1 on always fit together, whenever a client joins.

    state   {"topic", "epoch", "seq", "people": [Person], "counts": {child: n}, "total": n}
    diff    {"topic", "epoch", "seq", "joins": [Person], "updates": [Person], "leaves": [key],
             "counts": {child: n}, "total": n}

`people` is full detail up to the topic's cap. `counts` is exact: how many people are in each child, the anonymous
included; a person with tabs in two children counts in both, and once in `total`. In a diff empty lists and counts are
left out, and a child that became empty is sent as 0.
"""

from collections.abc import Set
from typing import cast

from .child_counts import ChildCounts
from .connections import Member
from .payloads import Diff, State
from .people import Person
from .people_diff import PeopleDiff, by_arrival
from .places import SITE, children_within, is_within
from .sample import Sample
from .visibility import is_shown, person

NEAR_CAP = 250
FAR_CAP = 24
NOWHERE: frozenset[str] = frozenset()


class Topic:
    """One topic: `path`, `epoch` (which process, which start), `seq` (how many diffs it has published)."""

    def __init__(self, path: str, epoch: str, seq: int = 0, cap: int | None = None) -> None:
        self.path, self.epoch, self.seq = path, epoch, seq
        self._members: dict[str, Member] = {}
        self._children: dict[str, frozenset[str]] = {}
        self._counts = ChildCounts()
        self._is_near = path.count("/") == 1
        self._sample = Sample(cap or (NEAR_CAP if self._is_near else FAR_CAP))
        self._dirty: dict[str, None] = {}
        self._published: dict[str, Person] = {}
        self._published_total = 0

    @property
    def total(self) -> int:
        """The number of people here now, published or not."""
        return len(self._members)

    @property
    def has_changed(self) -> bool:
        """Whether there may be something to publish."""
        return bool(self._dirty) or self._counts.has_changed or len(self._members) != self._published_total

    def count(self, child: str) -> int:
        """The number of people in a child now, published or not."""
        return self._counts.of(child)

    def put(self, member: Member, places: tuple[str, ...], since: float) -> None:
        """Add a member, or update one who has changed. `places` and `since` are the member's, asked for once."""
        user_id = member.user.id
        children, before = children_within(self.path, places), self._children.get(user_id, NOWHERE)
        if children != before:
            self._counts.move(before, children)
            self._children[user_id] = children
        self._members[user_id] = member
        if is_shown(member.user):
            # Far people are spread over the children; a near one must not vanish by going to the next lesson.
            group = SITE if self._is_near else min(children, default=SITE)
            self._mark(user_id, self._sample.put(user_id, group, since))
        else:
            self._mark(user_id, self._sample.remove(user_id))

    def remove(self, user_id: str) -> None:
        """Remove a member. Not an error for one who was never here."""
        if self._members.pop(user_id, None) is None:
            return
        self._counts.move(self._children.pop(user_id, NOWHERE), NOWHERE)
        self._mark(user_id, self._sample.remove(user_id))

    def state(self) -> State:
        """Everything published so far, as the `presence_state` payload."""
        return State(
            topic=self.path,
            epoch=self.epoch,
            seq=self.seq,
            people=sorted(self._published.values(), key=by_arrival),
            counts=dict(self._counts.published),
            total=self._published_total,
        )

    def publish(self) -> Diff | None:
        """Publish what has changed. Returns the `presence_diff` payload, or None when others would see no change."""
        people, counts = self._changed_people(), self._counts.publish()
        if not any(people) and not counts and self.total == self._published_total:
            return None
        self._published_total = self.total
        self.seq += 1
        # Without the parts that are empty.
        parts = {name: part for name, part in (*people._asdict().items(), ("counts", counts)) if part}
        diff = {"topic": self.path, "epoch": self.epoch, "seq": self.seq, **parts, "total": self.total}
        return cast(Diff, diff)

    def _mark(self, user_id: str, others: Set[str]) -> None:
        # A crowd shows few of its people, and publishes nothing about the others.
        if user_id in self._published:
            self._dirty[user_id] = None
        if others:
            self._dirty.update(dict.fromkeys(others))

    def _changed_people(self) -> PeopleDiff:
        changed = PeopleDiff([], [], [])
        for user_id in self._dirty:
            before, now = self._published.get(user_id), self._person(user_id)
            changed.add(before, now)
            if now is None:
                self._published.pop(user_id, None)
            else:
                self._published[user_id] = now
        self._dirty.clear()
        changed.sort()
        return changed

    def _person(self, user_id: str) -> Person | None:
        if user_id not in self._sample:
            return None
        member = self._members[user_id]
        places = [path for path in member.places if is_within(self.path, path)]
        arrived = member.arrived if self._is_near else None
        return person(member.user, member.key, places, member.status, member.since, member.company, arrived)
