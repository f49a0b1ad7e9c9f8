"""Company on one lesson for the photographs: two people who watch its video, chat and keep pointing at words."""

import threading

import socketio

PLACE = "realtime/changes/states"
VIDEO, PAUSED_AT = "diffs", 41
LINES = ("So a diff only says what is new?", "Yes, and the number says which diff it is.")
POINT_SECONDS = 0.5


class SharedLesson:
    """Begins with two open connections, and ends with `stop()`."""

    def __init__(self, clients: list[socketio.Client]) -> None:
        self._clients, self._stop = clients, threading.Event()
        for client, words in zip(clients, LINES, strict=True):
            client.call("enter", {"place": PLACE})
            client.call("room_join", {"rooms": ["watching", "pointers"]})
            call(client, "say", words=words, video=VIDEO)
        call(clients[0], "control", video=VIDEO, did="seek", at=PAUSED_AT)
        self._thread = threading.Thread(target=self._point)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def _point(self) -> None:
        """A page that has just come knows of no pointer that does not move."""
        for turn in range(1_000_000):
            for client, anchor in zip(self._clients, ([1, 60 + turn % 2, 0, 40], [3]), strict=True):
                client.emit("room_signal", {"room": "pointers", "signal": "at", "value": anchor})
            if self._stop.wait(POINT_SECONDS):
                return


def call(client: socketio.Client, name: str, **arguments) -> None:
    answer = client.call("room_call", {"room": "watching", "call": name, "with": arguments})
    assert answer["ok"], answer
