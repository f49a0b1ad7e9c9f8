"""All topics: who is in which, and which of them have something to publish. Pure."""

from .connections import Member
from .payloads import Diff
from .places import topics_of_all
from .topic import Topic
from .visibility import is_counted


class Topics:
    """`by_path`; `changed`: the topics that may have to publish, `urgent`: not only newcomers have changed them."""

    def __init__(self, epoch: str) -> None:
        self.by_path: dict[str, Topic] = {}
        self.changed: set[str] = set()
        self.urgent: set[str] = set()
        self._epoch, self._last_seq = epoch, 0

    def topic(self, path: str) -> Topic:
        """The topic at `path`. An empty one is made on demand and kept only once a user enters it."""
        return self.by_path.get(path) or Topic(path, self._epoch, self._last_seq)

    def publish(self, path: str) -> Diff | None:
        """Publish a topic's changes: see `Topic.publish`. A topic that all have left is dropped."""
        self.changed.discard(path)
        self.urgent.discard(path)
        topic = self.topic(path)
        diff = topic.publish()
        if not topic.total:
            self.by_path.pop(path, None)
            # The next topic at this path counts on from here, so that no client takes its diffs for old ones.
            self._last_seq = max(self._last_seq, topic.seq)
        return diff

    def refresh(self, member: Member, is_urgent: bool = False) -> None:
        """Update the topics that a member is in, or was in. A newcomer is not urgent, unless the caller says so."""
        places, is_urgent = member.places, is_urgent or bool(member.topics)
        topics = topics_of_all(places if is_counted(member.user) else ())
        if topics != member.topics:
            for path in member.topics - topics:
                self.by_path[path].remove(member.user.id)
                self._note(path, is_urgent=True)
            member.topics = topics
        since = member.since if topics else 0.0
        for path in topics:
            topic = self.by_path.get(path) or self._add(path)
            topic.put(member, places, since)
            if topic.has_changed:
                self._note(path, is_urgent)

    def _note(self, path: str, is_urgent: bool) -> None:
        self.changed.add(path)
        if is_urgent:
            self.urgent.add(path)

    def _add(self, path: str) -> Topic:
        topic = self.by_path[path] = self.topic(path)
        return topic
