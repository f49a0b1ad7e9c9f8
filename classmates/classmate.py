"""One simulated classmate: follows a script, and reacts to other people in between."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress

from socketio.exceptions import SocketIOError

from . import meeting, pointing, watching
from .attention import Attention
from .script import Step
from .tabs import Tabs

RELOAD_SECONDS = 0.8
GIVE_UP_SECONDS = 30
POLL_SECONDS = 0.5


class Classmate:
    """`run()` follows the script until `stop` is set or the site has been unreachable for half a minute."""

    def __init__(
        self, url: str, cookie: str, script: Iterator[Step], stop: threading.Event, attention: Attention
    ) -> None:
        self._url, self._script, self._stop, self._attention = url, script, stop, attention
        self._tabs = Tabs(url, cookie, attention)

    def run(self) -> None:
        while not self._stop.is_set():
            step = next(self._script)
            if self._wait(step.wait) and not self._follow(step):
                break
        self._tabs.close_all()

    def _wait(self, seconds: float) -> bool:
        """Wait for the next step, and meanwhile do what is due about other people. Returns whether to do the step."""
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            if self._stop.wait(min(left, POLL_SECONDS)):
                return False
            for action in self._attention.due():
                if self._respond(action):
                    return False
        return True

    def _respond(self, action: tuple[str, ...]) -> bool:
        """Respond to other people. Returns whether this has replaced the script; see Companion."""
        with suppress(SocketIOError):
            for page in self._tabs.room_pages():
                meeting.do(page, self._attention, *action)
        return False

    def _follow(self, step: Step) -> bool:
        """Do one step, retrying while the site is unreachable. Returns whether to continue."""
        unreachable_since = time.monotonic()
        while time.monotonic() - unreachable_since < GIVE_UP_SECONDS:
            try:
                getattr(self, "_" + step.action.replace(" ", "_"))(step.place, *step.what)
                return True
            except SocketIOError:
                self._tabs.close_all()
                if self._stop.wait(1):
                    return False
        print(f"A simulated classmate cannot reach {self._url} any more and stops.", flush=True)
        return False

    def _enter(self, place: str) -> None:
        self._tabs.enter(place)

    def _away(self, _place: str) -> None:
        self._tabs.set_activity("away")

    def _active(self, _place: str) -> None:
        self._tabs.set_activity("active")

    def _reload(self, place: str) -> None:
        self._tabs.close_all()
        self._stop.wait(RELOAD_SECONDS)
        self._tabs.open(place)

    def _second_tab(self, place: str) -> None:
        self._tabs.open(place)

    def _close_tab(self, _place: str) -> None:
        self._tabs.close_second()

    def _break(self, _place: str) -> None:
        self._tabs.close_all()

    def _return(self, place: str) -> None:
        self._tabs.open(place)

    def _stuck_here(self, _place: str) -> None:
        self._tabs.set_study_status("stuck here")

    def _happy_to_pair(self, _place: str) -> None:
        self._tabs.set_study_status("happy to pair")

    def _just_finished(self, _place: str) -> None:
        self._tabs.set_study_status("just finished")

    def _never_mind(self, _place: str) -> None:
        self._tabs.set_study_status(None)

    def _answer(self, _place: str, poll: str, option: str) -> None:
        self._tabs.call_room("polls", "answer", {"poll": poll, "option": option})

    def _react(self, _place: str, chapter: str, kind: str) -> None:
        self._tabs.call_room("reactions", "react", {"at": chapter, "kind": kind, "on": True})

    def _watch(self, _place: str, video: str, length: float) -> None:
        for page in self._tabs.room_pages():
            watching.watch(page, video, length)

    def _say(self, _place: str, video: str, words: str) -> None:
        for page in self._tabs.room_pages():
            watching.say(page, video, words)

    def _share_pointer(self, _place: str) -> None:
        for page in self._tabs.room_pages():
            pointing.share(page)

    def _read(self, _place: str, block: int) -> None:
        for page in self._tabs.room_pages():
            pointing.read(page, block)

    def _point(self, _place: str, block: int, offset: int) -> None:
        for page in self._tabs.room_pages():
            pointing.point(page, block, offset, self._stop.wait)
