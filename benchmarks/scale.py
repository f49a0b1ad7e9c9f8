"""The cost of presence at sizes that no one machine can hold: measured where possible, computed from there.

    python benchmarks/scale.py [--people 1000 10000 100000 1000000]

It fills a real roster with so many people (at most MEASURED), in sections of 20, moves some of them, and takes from it
the bytes of a frame and the processor time of a change. What follows is arithmetic: everyone moves once a minute, half
of them within their section; near and far topics have the shares of a process that broadcast.py gives them. The
full-list room is the usual design: every change sends everyone to everyone.
"""

import argparse
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from presence.core.changes import Enter
from presence.core.people import Keys, User
from presence.core.places import topics_of
from presence.core.roster import Roster
from presence.delivery.broadcast import FAR_SHARE, NEAR_SHARE, TICK_SECONDS
from presence.transport.frames import Frame

MEASURED = 100_000
SECTION, SECTIONS_OF_A_COURSE, LESSONS = 20, 56, 8
MOVE_SECONDS = 60
FRAME_SECONDS = 20e-6
PERSON_BYTES = 180
SOCKETS_OF_A_PROCESS = 5_000


def place(rng: random.Random, people: int) -> str:
    section = rng.randrange(max(1, people // SECTION))
    return f"course-{section // SECTIONS_OF_A_COURSE}/section-{section}/lesson-{rng.randrange(LESSONS)}"


def filled(people: int, rng: random.Random) -> Roster:
    roster = Roster(Keys(b"secret"), "epoch")
    for n in range(people):
        user = User(str(n), f"Learner {n}", "/static/avatars/ada.svg")
        roster.apply(Enter(f"n/{n}", user, place(rng, people)), 1000.0)
    for path in list(roster.changed):
        roster.publish(path)
    return roster


def moved(roster: Roster, people: int, rng: random.Random, moves: int = 300) -> tuple[float, dict[int, float]]:
    """The seconds of a change, and the bytes of a frame by the depth of its topic."""
    sizes: dict[int, list[int]] = {0: [], 1: [], 2: []}
    spent = 0.0
    for _ in range(moves):
        connection = roster.connections[f"n/{rng.randrange(people)}"]
        near = f"{connection.place.rsplit('/', 1)[0]}/lesson-{rng.randrange(LESSONS)}"
        to = near if rng.random() < 0.5 else place(rng, people)
        started = time.perf_counter()
        roster.apply(Enter(connection.id, connection.user, to), 2000.0)
        for path in sorted(roster.changed):
            if diff := roster.publish(path):
                sizes[len(topics_of(path)) - 1].append(len(Frame("presence_diff", diff).bytes))
        spent += time.perf_counter() - started
    return spent / moves, {depth: sum(found) / len(found) if found else 0.0 for depth, found in sizes.items()}


def frames(people: int, processes: int) -> tuple[float, float]:
    """The frames of near and of far topics that one process sends in a second."""
    moves = people / MOVE_SECONDS
    # A move changes one section or two, and the course and the site each time; a topic has at most a frame a tick.
    near = min(moves * 1.5, people / SECTION / TICK_SECONDS) * SECTION / processes
    # A far piece holds a frame of the course and one of the site.
    far = min(2 * FAR_SHARE / FRAME_SECONDS, 2 * people / TICK_SECONDS / processes, 2 * moves * people / processes)
    return min(near, NEAR_SHARE / FRAME_SECONDS), far


def row(people: int) -> str:
    rng = random.Random(1)  # noqa: S311
    measured = min(people, MEASURED)
    change, sizes = moved(filled(measured, rng), measured, rng)
    processes = -(-people // SOCKETS_OF_A_PROCESS)
    moves = people / MOVE_SECONDS
    near, far = frames(people, processes)
    volume = processes * (near * sizes[2] + far * (sizes[0] + sizes[1]) / 2)
    seen = people / processes / (far / 2)
    room = moves * people * people * PERSON_BYTES
    cells = [
        f"{people:,}",
        f"{processes}",
        f"{moves:,.0f}",
        f"{change * 1e6:.0f}",
        f"{moves * change:.2f}",
        f"{near + far:,.0f}",
        f"{seen:.1f}",
        f"{volume / 1e6:,.1f}",
        f"{2 * moves:,.0f}",
        f"{room / 1e6:,.0f}",
    ]
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description="Compute what presence costs at large sizes.")
    parser.add_argument("--people", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000])
    print(
        "| people | processes | changes/s | µs a change | cores to apply the log, in each process "
        "| frames/s a process | s until far numbers are told | MB/s sent | Redis commands/s | full-list room, MB/s |"
    )
    print("|" + "---|" * 10)
    for people in parser.parse_args().people:
        print(row(people), flush=True)


if __name__ == "__main__":
    main()
