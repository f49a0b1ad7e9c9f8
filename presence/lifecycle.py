"""Presence in the process that serves: its start, its stop, and its state in between."""

from typing import Literal

from .node import Node

POLL_SECONDS = 0.05
CLOSE_FRAMES_SECONDS = 0.5

State = Literal["starting", "live", "paused"]


def start(node: Node) -> None:
    """Follow the log, and return once the roster is complete. With Redis away the log gives up waiting by itself."""
    node.log.start()
    while not node.log.synced:
        node.server.sleep(POLL_SECONDS)


def stop(node: Node) -> None:
    """Hang up all sockets, whose pages connect to another process, and stop following the log."""
    node.writer.close_all()
    node.server.sleep(CLOSE_FRAMES_SECONDS)
    node.log.stop()


def state(node: Node) -> State:
    """`paused` while the log cannot be reached, so that what is shown may be old."""
    if not node.log.synced:
        return "starting"
    return "paused" if node.log.disconnected else "live"
