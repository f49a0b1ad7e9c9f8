"""Lets the changes of a recording happen again in a site, each when its time has come."""

import os
import signal
import time
from collections.abc import Iterable

from presence import Presence
from presence.core.changes import Change
from presence.core.people import is_shown
from presence.core.roster import GRACE_SECONDS

from .timeline import Pace

TELL_SECONDS = 5.0
NAMES = 4
AT_ONCE = 50


class Player:
    """Plays into a Presence what was recorded from `began` on, `speed` times as fast."""

    def __init__(self, presence: Presence, began: float, speed: float) -> None:
        self._presence, self._pace = presence, Pace(began, presence.clock(), speed)
        presence.roster.graces.seconds = GRACE_SECONDS / speed
        self._told_at = 0.0
        self._end = began

    def play(self, changes: Iterable[tuple[float, Change]], once: bool) -> None:
        """Play to the end. The people stay there, unless this ends `once` it is over."""
        for number, (at, change) in enumerate(changes):
            self._wait_until(self._pace.moment(at), is_turn=number % AT_ONCE == 0)
            self._presence.apply(self._pace.paced(change), self._pace.moment(at))
            self._presence.settle()
            self._end = max(self._end, at)
        print(self._scene(self._end))
        print("The recording is over" + ("." if once else "; the map keeps its end. Stop it with Ctrl-C."), flush=True)
        if once:
            os.kill(os.getpid(), signal.SIGTERM)

    def _wait_until(self, moment: float, is_turn: bool) -> None:
        """Wait, and let others have a turn in a crowd that comes at once."""
        while (left := moment - self._presence.clock()) > 0 or is_turn:
            is_turn = False
            self._presence.server.sleep(max(0.0, min(left, TELL_SECONDS)))
            self._tell()

    def _tell(self) -> None:
        now = self._presence.clock()
        if now - self._told_at >= TELL_SECONDS:
            self._told_at = now
            print(self._scene(self._pace.recorded(now)), flush=True)

    def _scene(self, recorded: float) -> str:
        """`14:03:20  9 people: Learner 3f2a, Learner 77aa and 7 more`"""
        with self._presence.lock:
            members = list(self._presence.roster.members.values())
        names = [member.user.name for member in members if is_shown(member.user)][:NAMES]
        more = [f"{len(members) - len(names)} more"] if len(members) > len(names) else []
        who = " and ".join([*([", ".join(names)] if names else []), *more]) or "nobody"
        return f"{time.strftime('%H:%M:%S', time.localtime(recorded))}  {len(members)} in: {who}"
