"""Plays the changes of a recording into a site, each at its time."""

import os
import signal
import time
from collections.abc import Iterable

from presence import Presence
from presence.core.changes import Change
from presence.core.roster import GRACE_SECONDS
from presence.core.visibility import is_shown

from .timeline import Timeline

PRINT_SECONDS = 5.0
MAX_NAMES = 4
BATCH = 50


class Player:
    """Plays a recording that began at `began` (Unix seconds) into a Presence, `speed` times as fast."""

    def __init__(self, presence: Presence, began: float, speed: float) -> None:
        self._presence, self._timeline = presence, Timeline(began, presence.clock(), speed)
        presence.roster.graces.seconds = GRACE_SECONDS / speed
        self._printed_at = 0.0
        self._end = began

    def play(self, changes: Iterable[tuple[float, Change]], once: bool) -> None:
        """Play to the end. Then end the process if `once`, else leave the last people on the map."""
        for number, (at, change) in enumerate(changes):
            self._wait_until(self._timeline.moment(at), is_turn=number % BATCH == 0)
            self._presence.node.apply(self._timeline.rescale(change), self._timeline.moment(at))
            self._presence.node.publish_now()
            self._end = max(self._end, at)
        print(self._scene(self._end))
        print("The recording is over" + ("." if once else "; the map keeps its end. Stop it with Ctrl-C."), flush=True)
        if once:
            os.kill(os.getpid(), signal.SIGTERM)

    def _wait_until(self, moment: float, is_turn: bool) -> None:
        """Wait; on `is_turn` yield at least once, so a burst of changes does not block other tasks."""
        while (left := moment - self._presence.clock()) > 0 or is_turn:
            is_turn = False
            self._presence.server.sleep(max(0.0, min(left, PRINT_SECONDS)))
            self._print_scene()

    def _print_scene(self) -> None:
        now = self._presence.clock()
        if now - self._printed_at >= PRINT_SECONDS:
            self._printed_at = now
            print(self._scene(self._timeline.recorded(now)), flush=True)

    def _scene(self, recorded: float) -> str:
        """`14:03:20  9 in: Learner 3f2a, Learner 77aa and 7 more`, or that the class is empty."""
        with self._presence.node.lock:
            members = list(self._presence.roster.members.values())
        names = [member.user.name for member in members if is_shown(member.user)][:MAX_NAMES]
        more = [f"{len(members) - len(names)} more"] if len(members) > len(names) else []
        who = " and ".join([*([", ".join(names)] if names else []), *more])
        scene = f"{len(members)} in: {who}" if members else "The class is empty."
        return f"{time.strftime('%H:%M:%S', time.localtime(recorded))}  {scene}"
