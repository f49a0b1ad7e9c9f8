"""The site, with one more room on every lesson, whose code is slow: `python tests/security/slow_room.py`."""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from web import concurrency

concurrency.patch()

import app  # noqa: E402
from presence.rooms import Attendee, Room, call  # noqa: E402

SLEEPS = 2.0
create_app = app.create_app


class Slow(Room):
    name = "slow"

    @call(per_second=2)
    def sleep(self, who: Attendee) -> str:
        """Wait as code does that asks another server."""
        time.sleep(SLEEPS)
        return "awake"


def with_slow_room(*args, **options):
    made = create_app(*args, **options)
    Slow(made.extensions["presence"])
    return made


if __name__ == "__main__":
    app.create_app = with_slow_room
    app.main()
