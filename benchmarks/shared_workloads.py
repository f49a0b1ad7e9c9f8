"""Pointers and a video that people share on one lesson, beside the seed's relay and this protocol on Node.

And the effect of a thousand pointers on presence.
"""

from room_workloads import join_rooms
from workloads import Workload, idle, join, moves

PEERS = ("site", "relay", "node")


def shared_workloads(short: int, brief: int) -> list[Workload]:
    """All of them, `short` times as small and `brief` times as brief."""
    return [_pointers(short, brief), _watching(short, brief), _sharing(short, brief)]


def _pointers(short: int, brief: int) -> Workload:
    moving = 30 // short
    title = f"{moving} people move their pointers on one lesson, {200 // short} more watch"
    phases = [_gather("pointers", moving), _point(moving, 15 / brief)]
    return Workload("pointers", title, 230 // short, 56, phases, targets=PEERS)


def _watching(short: int, brief: int) -> Workload:
    people = 100 // short
    title = f"{people} people watch a video together, with an order a second"
    return Workload("watching", title, people, 56, [_gather("watching"), _watch(20 / brief)], targets=PEERS)


def _sharing(short: int, brief: int) -> Workload:
    people, moving = 10_000 // short, moves(50, 12 / brief, 60)
    phases = [
        # On a busy machine the ten thousand need a minute and more to come.
        join(180),
        idle(5 / brief),
        moving,
        join_rooms(["pointers"], share=10),
        {**moving, "name": "mixed", "signals": 1_500 / short, "share": 10},
    ]
    title = f"{people:,} people, with and without the pointers of {people // 10:,} of them"
    return Workload("sharing", title, people, 56, phases, targets=("site",))


def _gather(room: str, movers: int = 0) -> dict:
    return {"name": "gather", "rooms": [room], "movers": movers, "limit": 40}


def _point(movers: int, seconds: float) -> dict:
    return {"name": "point", "movers": movers, "rate": 10, "seconds": seconds, "limit": 45}


def _watch(seconds: float) -> dict:
    return {"name": "watch", "rate": 1, "seconds": seconds, "limit": 40}
