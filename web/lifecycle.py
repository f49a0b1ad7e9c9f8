"""Hooks that run when the serving process starts and stops. Tests and shell commands start nothing.

A part of the site registers in its `init_app`; `server.serve` calls the functions, in the order of registration.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Flask

Hook = Callable[[], None]


@dataclass
class Lifecycle:
    """The hooks of one app. `stopping` is true once a process drains."""

    on_start: list[Hook] = field(default_factory=list)
    on_stop: list[Hook] = field(default_factory=list)
    stopping: bool = False

    def start(self) -> None:
        for hook in self.on_start:
            hook()

    def stop(self) -> None:
        for hook in self.on_stop:
            hook()


def init_app(app: Flask) -> None:
    app.extensions["lifecycle"] = Lifecycle()


def of(app: Flask) -> Lifecycle:
    return app.extensions["lifecycle"]
