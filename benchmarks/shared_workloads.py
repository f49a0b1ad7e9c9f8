"""Pointers and a video that people share on one lesson, beside the seed's relay and this protocol on Node; and what
presence feels of a thousand pointers.
"""

from room_workloads import join_rooms
from workloads import Workload, idle, join, moves

PEERS = ("site", "relay", "node")


def shared_workloads(short: int, brief: int) -> list[Workload]:
    """All of them, `short` times as small and `brief` times as brief."""
    moving, present = 30 // short, 10_000 // short
    return [
        Workload(
            "pointers",
            f"{moving} people move their pointers on one lesson, {200 // short} more watch",
            230 // short,
            56,
            [_gather("pointers", moving), _point(moving, 15 / brief)],
            targets=PEERS,
        ),
        Workload(
            "watching",
            f"{100 // short} people watch a video together, with an order a second",
            100 // short,
            56,
            [_gather("watching"), _watch(20 / brief)],
            targets=PEERS,
        ),
        Workload(
            "sharing",
            f"{present:,} people, with and without the pointers of {present // 10:,} of them",
            present,
            56,
            [
                # On a busy machine the ten thousand need a minute and more to come.
                join(180),
                idle(5 / brief),
                moves(50, 12 / brief, 60),
                join_rooms(["pointers"], share=10),
                {**moves(50, 12 / brief, 60), "name": "mixed", "signals": 1_500 / short, "share": 10},
            ],
            targets=("site",),
        ),
    ]


def _gather(room: str, movers: int = 0) -> dict:
    return {"name": "gather", "rooms": [room], "movers": movers, "limit": 40}


def _point(movers: int, seconds: float) -> dict:
    return {"name": "point", "movers": movers, "rate": 10, "seconds": seconds, "limit": 45}


def _watch(seconds: float) -> dict:
    return {"name": "watch", "rate": 1, "seconds": seconds, "limit": 40}
