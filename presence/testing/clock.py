"""A clock that a test moves."""

from collections.abc import Callable

from flask import Flask


class Clock:
    """Unix seconds that stand still until `advance`."""

    def __init__(self, now: float = 1_700_000_000.0) -> None:
        self.now = now
        self.then: Callable[[], None] = lambda: None

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        """Let time pass, and do what falls due: graces that end, ticks, study statuses that expire."""
        self.now += seconds
        self.then()


def freeze(app: Flask, clock: Clock | None = None) -> Clock:
    """Stop the clock and the background task of the app's presence. Returns the clock."""
    presence = app.extensions["presence"]
    clock = clock or Clock()
    clock.then = presence.tick
    presence.ticker.enabled = False
    presence.clock = clock
    return clock
