"""The workloads in rooms: people join and rest, signal, answer and react; and their cost for presence."""

from workloads import Workload, idle, join, moves

FOUR = ["polls", "reactions", "timer", "pointers"]


def room_workloads(short: int, brief: int) -> list[Workload]:
    """All of them, `short` times as small and `brief` times as brief; only this site has rooms of this kind."""
    crowd = 1000 // short
    return [
        _site(
            "rooms",
            f"{crowd:,} people over 56 lessons, joined to four rooms each",
            crowd,
            [
                _spread(56),
                idle(5 / brief),
                # What a process needs once, like connections of the database, is not the price of a socket.
                join_rooms(FOUR, share=5) | {"name": "first", "kind": "rooms"},
                join_rooms(FOUR),
                idle(10 / brief) | {"name": "resting", "kind": "idle"},
            ],
        ),
        _site(
            "signals",
            f"{100 // short} people alone on their lessons, each with a pointer that moves",
            100 // short,
            [_spread(100), idle(5 / brief), join_rooms(["pointers"]), _signals(1000 / short, 12 / brief)],
        ),
        _site(
            "beside",
            f"{3 * crowd:,} people, with and without pointers of a fifth of them",
            3 * crowd,
            [
                join(60),
                idle(4 / brief),
                moves(50, 10 / brief, 40),
                join_rooms(["pointers"], share=5),
                {**moves(50, 10 / brief, 40), "name": "mixed", "signals": 1000 / short, "share": 5},
            ],
        ),
        _site(
            "answers",
            f"{crowd:,} people on one lesson answer its poll",
            crowd,
            [_spread(1), join_rooms(["polls"]), _counted("answers", "poll_answers", 10 / brief)],
        ),
        _site(
            "reactions",
            f"{crowd // 2} people over 20 lessons react",
            crowd // 2,
            [_spread(20), join_rooms(["reactions"]), _counted("reactions", "reactions", 10 / brief, rate=500 / short)],
        ),
    ]


def _site(name: str, title: str, people: int, phases: list[dict]) -> Workload:
    return Workload(name, title, people, 56, phases, targets=("site",))


def _spread(lessons: int) -> dict:
    return join(60) | {"lessons": lessons}


def join_rooms(rooms: list[str], share: int = 1) -> dict:
    return {"name": "rooms", "rooms": rooms, "share": share, "limit": 30}


def _signals(rate: float, seconds: float) -> dict:
    return {"name": "signals", "rate": rate, "seconds": seconds, "limit": seconds + 20}


def _counted(name: str, table: str, seconds: float, **more: float) -> dict:
    """A phase after which the rows of a table are counted."""
    return {"name": name, "table": table, "seconds": seconds, "limit": seconds + 30, **more}
