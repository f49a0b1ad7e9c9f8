"""A page's view of its rooms, by the rules of the protocol: for tests, and for clients in Python. Pure."""

from typing import Any

from ..core.payloads import Json
from ..core.people import Face


class RoomStates:
    """Takes in the room_ events of one connection, in the order in which they come.

    `signals` and `identities` keep every room_signals and room_me; a reader may clear them.
    """

    def __init__(self) -> None:
        self._boards: dict[tuple[str, str], dict[str, Any]] = {}
        self.signals: list[tuple[str, dict[str, Json]]] = []
        self.identities: list[dict[str, Any]] = []

    def receive(self, event: str, message: dict[str, Any]) -> None:
        """Take in an event. Raises AssertionError for a diff that does not fit."""
        if event == "room_state":
            self._forget_other_places(message)
            self._boards[message["room"], message["audience"]] = {"people": {}, "total": 0, **message}
        elif event == "room_diff":
            self._apply(self._boards[message["room"], message["audience"]], message)
        elif event == "room_signals":
            self.signals.append((message["room"], message["signals"]))
        elif event == "room_me":
            self.identities.append(message)

    def cells(self, room: str) -> dict[str, Json]:
        """The cells of all audiences."""
        boards = [board for (name, _), board in self._boards.items() if name == room]
        return {name: value for board in boards for name, value in board["cells"].items()}

    def people(self, room: str) -> dict[str, Face | None]:
        """Faces by slot, None for someone without a name."""
        return dict(self._boards[room, ""]["people"])

    def total(self, room: str) -> int:
        return int(self._boards[room, ""]["total"])

    def seq(self, room: str) -> int:
        """The sequence number of the audience of everyone."""
        return int(self._boards[room, ""]["seq"])

    def _forget_other_places(self, state: dict[str, Any]) -> None:
        for key, board in list(self._boards.items()):
            if key[0] == state["room"] and board["place"] != state["place"]:
                del self._boards[key]

    def _apply(self, board: dict[str, Any], diff: dict[str, Any]) -> None:
        if diff["seq"] <= board["seq"]:
            return
        if (diff["epoch"], diff["seq"]) != (board["epoch"], board["seq"] + 1):
            raise AssertionError("A diff is missing.")
        board["seq"] += 1
        for name, value in diff.get("cells", {}).items():
            board["cells"].pop(name, None)
            if value is not None:
                board["cells"][name] = value
        for slot in diff.get("left", []):
            board["people"].pop(str(slot), None)
        board["people"] |= diff.get("people", {})
        board["total"] = diff.get("total", board["total"])
