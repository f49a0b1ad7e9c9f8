"""The common position in a video: playing or not, and the position at one moment. Pure.

The clock is a cell `{"playing", "at", "since", "rate"}`: the video was at `at` seconds when the log's time was `since`
milliseconds. Each page computes the position from it, so no browser is the master and no one has to be there for it to
go on. static/js/live/clock.js computes the same.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

SPEEDS = (0.75, 1.0, 1.25, 1.5, 2.0)
END_SECONDS = 0.05
PLAY_MS, SEEK_MS = 400, 700
"""An order takes effect so much later: by then it has reached everyone, and all begin together."""


@dataclass(frozen=True)
class SharedClock:
    playing: bool
    at: float
    since: int
    rate: float = 1.0

    @classmethod
    def of(cls, cell: Mapping[str, Any] | None) -> "SharedClock | None":
        return cls(cell["playing"], float(cell["at"]), cell["since"], float(cell["rate"])) if cell else None

    def position(self, now: int, length: float) -> float:
        """The position in seconds at `now`, in milliseconds of the log."""
        moved = max(now - self.since, 0) / 1000 * self.rate if self.playing else 0.0
        return min(max(self.at + moved, 0.0), length)

    def moved(self, now: int, at: float, length: float) -> "SharedClock":
        """The same, from another position on."""
        return replace(self, at=round(min(max(at, 0.0), length), 3), since=now)

    def played(self, now: int, length: float) -> "SharedClock":
        """Playing, from where it stands; from the start if it has ended."""
        position = self.position(now, length)
        begun = self.moved(now + PLAY_MS, 0.0 if position >= length - END_SECONDS else position, length)
        return replace(begun, playing=True)

    def sought(self, now: int, at: float, length: float) -> "SharedClock":
        """At another position, where those who play go on as soon as everyone has got there."""
        return self.moved(now + SEEK_MS * self.playing, at, length)

    def paused(self, now: int, length: float) -> "SharedClock":
        return replace(self.moved(now, self.position(now, length), length), playing=False)

    def at_speed(self, now: int, rate: float, length: float) -> "SharedClock":
        return replace(self.moved(now, self.position(now, length), length), rate=rate)

    def cell(self) -> dict[str, Any]:
        return asdict(self)
