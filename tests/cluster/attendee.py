"""An open page over a real socket that has joined rooms, and what it shows of them."""

from presence.testing.room_states import RoomStates
from tests.cluster.harness import await_
from tests.helpers.server import RawSocket


class RoomPage:
    """`states` fails a test when a diff is missing: the sequence goes on whatever happens to other processes.

    `is_paused` is what the page was told of Redis last.
    """

    def __init__(self, url: str, cookie: str, place: str, *rooms: str) -> None:
        self.states, self.is_paused = RoomStates(), False
        self.socket = RawSocket(url, cookie)
        assert self.socket.connect().startswith("40")
        self.entered = self.socket.call("enter", {"place": place})
        assert self.socket.call("room_join", {"rooms": list(rooms)})["ok"]

    def call(self, room: str, name: str, **given):
        return self.socket.call("room_call", {"room": room, "call": name, "with": given})

    def shows(self, condition, seconds: float = 10.0) -> float:
        """Wait until what the page has been told fulfils a condition. Returns how long it took."""

        def heard() -> bool:
            for event, payload in self.socket.listen(0.05):
                self.states.receive(event, payload)
                if event == "presence_paused":
                    self.is_paused = payload["paused"]
            return condition(self.states)

        return await_(heard, seconds)

    def close(self) -> None:
        self.socket.close()
