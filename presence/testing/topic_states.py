"""A page's view of its topics, by the rules of the protocol. Pure."""

from typing import Any


class TopicStates:
    """Takes in the presence_ events of one connection, in the order in which they come."""

    def __init__(self) -> None:
        self._topics: dict[str, dict[str, Any]] = {}

    def receive(self, event: str, message: dict[str, Any]) -> None:
        """Take in an event. A diff of a topic without a state is passed over, as a page does."""
        if event == "presence_state":
            people = {person["key"]: person for person in message["people"]}
            self._topics[message["topic"]] = {"people": people, "total": message["total"]}
        elif event == "presence_diff" and message["topic"] in self._topics:
            self._apply(self._topics[message["topic"]], message)

    def people(self, topic: str) -> list[dict[str, Any]]:
        """The Persons of a topic, in no order."""
        return list(self._topics[topic]["people"].values())

    def total(self, topic: str) -> int:
        """The number of people in a topic, those without a name included."""
        return int(self._topics[topic]["total"])

    def _apply(self, topic: dict[str, Any], diff: dict[str, Any]) -> None:
        for key in diff.get("leaves", []):
            topic["people"].pop(key, None)
        for person in [*diff.get("joins", []), *diff.get("updates", [])]:
            topic["people"][person["key"]] = person
        topic["total"] = diff.get("total", topic["total"])
