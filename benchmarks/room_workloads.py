"""The workloads in rooms: people join and rest, signal, answer and react; and their cost for presence."""

from workloads import Workload, idle, join, moves

FOUR = ["polls", "reactions", "timer", "pointers"]


def room_workloads(short: int, brief: int) -> list[Workload]:
    """All of them, `short` times as small and `brief` times as brief; only this site has rooms of this kind."""
    return [_resting(short, brief), _alone(short, brief), _beside(short, brief), *_stored(short, brief)]


def _resting(short: int, brief: int) -> Workload:
    people = 1000 // short
    phases = [
        _spread(56),
        idle(5 / brief),
        # What a process needs once, like connections of the database, is not the price of a socket.
        join_rooms(FOUR, share=5) | {"name": "first", "kind": "rooms"},
        join_rooms(FOUR),
        idle(10 / brief) | {"name": "resting", "kind": "idle"},
    ]
    return _site("rooms", f"{people:,} people over 56 lessons, joined to four rooms each", people, phases)


def _alone(short: int, brief: int) -> Workload:
    people = 100 // short
    phases = [_spread(100), idle(5 / brief), join_rooms(["pointers"]), _signals(1000 / short, 12 / brief)]
    title = f"{people} people alone on their lessons, each with a pointer that moves"
    return _site("signals", title, people, phases)


def _beside(short: int, brief: int) -> Workload:
    people, moving = 3000 // short, moves(50, 10 / brief, 40)
    mixed = {**moving, "name": "mixed", "signals": 1000 / short, "share": 5}
    phases = [join(60), idle(4 / brief), moving, join_rooms(["pointers"], share=5), mixed]
    return _site("beside", f"{people:,} people, with and without pointers of a fifth of them", people, phases)


def _stored(short: int, brief: int) -> list[Workload]:
    """Answers and reactions, which end in the database."""
    crowd, few = 1000 // short, 500 // short
    answers = _counted("answers", "poll_answers", 10 / brief)
    reactions = _counted("reactions", "reactions", 10 / brief, rate=500 / short)
    titles = f"{crowd:,} people on one lesson answer its poll", f"{few} people over 20 lessons react"
    return [
        _site("answers", titles[0], crowd, [_spread(1), join_rooms(["polls"]), answers]),
        _site("reactions", titles[1], few, [_spread(20), join_rooms(["reactions"]), reactions]),
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
