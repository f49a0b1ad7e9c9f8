"""A step that fails, for whatever reason, freezes the faces and is told to the pages, until one works again."""

from threading import RLock

from presence.cluster.redis_log import RedisLog
from presence.core.people import Keys
from presence.core.roster import Roster


class Server:
    """Ends the follower after some naps."""

    def __init__(self, naps):
        self.eio, self.naps, self.log = self, naps, None

    def create_event(self):
        return None

    def sleep(self, _seconds):
        self.naps -= 1
        self.log._stopped = not self.naps


class Node:
    def __init__(self):
        self.id, self.lock, self.keys = "n", RLock(), Keys(b"secret")
        self.roster, self.told = Roster(self.keys, "n"), []

    def set_paused(self, paused):
        self.told.append(paused)


def follow(steps, naps=6):
    """Let a log follow through these outcomes of a step. Returns what its pages were told."""
    node, server, outcomes = Node(), Server(naps), iter(steps)
    server.log = log = RedisLog(node, server, "redis://user:secret@localhost/0")
    log._stream.evicts = lambda: ""

    def join():
        log.joined = True

    def heartbeat():
        if error := next(outcomes, None):
            raise error

    def read(_seconds):
        server.sleep(0)

    log.join, log.heartbeat, log.follow = join, heartbeat, read
    log._wake = type("Wake", (), {"set": lambda self: None})()
    log._run_follower()
    return node.told


def test_a_step_that_breaks_is_told_once_and_so_is_its_end(caplog):
    assert follow([ValueError("poison"), ValueError("poison"), None]) == [True, False]
    assert "secret" not in caplog.text


def test_a_step_that_works_tells_nothing():
    assert follow([None, None]) == []
