"""The workloads for every server: so many people, so many sections, and the phases of `load/*phases.js` in order.

`limit` is the seconds that a phase may take before it is stopped and shown as unfinished.
"""

from dataclasses import dataclass, field

QUICKER, BRIEFER = 5, 10
"""A quick run has a fifth of the people, for a tenth of the time."""
COMPARED = ("site", "seed", "node")
ALL = (*COMPARED, "asgi", "colyseus", "hocuspocus")


@dataclass(frozen=True)
class Workload:
    """`limits` (target: seconds) replaces the limit of every phase; `targets` are those that take part."""

    name: str
    title: str
    people: int
    sections: int
    phases: list[dict]
    targets: tuple[str, ...] = COMPARED
    limits: dict[str, int] = field(default_factory=dict)

    def plan(self, target: str) -> list[dict]:
        """The phases as the load generator wants them."""
        limit = self.limits.get(target)
        return [phase | {"sections": self.sections} | ({"limit": limit} if limit else {}) for phase in self.phases]


def join(limit: int) -> dict:
    return {"name": "join", "limit": limit}


def idle(seconds: float) -> dict:
    return {"name": "idle", "seconds": seconds, "limit": seconds + 20}


def moves(rate: float, seconds: float, limit: int) -> dict:
    return {"name": "moves", "rate": rate, "seconds": seconds, "limit": limit}


def busy(name: str, rate: float, seconds: float, limit: int) -> dict:
    return {**moves(rate, seconds, limit), "name": name}


def reload(limit: int) -> dict:
    return {"name": "reload", "seconds": 5, "limit": limit}


def day(events: int, limit: int) -> dict:
    return {"name": "day", "events": events, "limit": limit}


def growth(people: int, brief: int) -> Workload:
    """A site of that many people, 18 in each section; each moves every 40 seconds."""
    phases = [join(90), idle(6 / brief), moves(people / 40, 12 / brief, 50)]
    # The seed's cost of a change grows with the square of the site, which its smallest size and `course` show.
    targets = COMPARED if people <= 300 else ("site", "node")
    return Workload(f"growth-{people}", f"{people:,} people, 18 in a section", people, people // 18, phases, targets)


def workloads(quick: bool) -> dict[str, Workload]:
    """All workloads by name, or their quick forms."""
    short, brief = (QUICKER, BRIEFER) if quick else (1, 1)
    crowd, events = 1000 // short, 100_000 // brief**2
    listed = [
        Workload(
            "course",
            f"{crowd:,} people in one course of 56 sections",
            crowd,
            56,
            [join(120 // short), idle(10 / brief), moves(50, 16 / brief, 50 // short)],
            targets=ALL,
            limits={"hocuspocus": 60 // short},
        ),
        Workload(
            "reload",
            f"{crowd:,} people drop at once and return within 5 seconds",
            crowd,
            56,
            [join(120 // short), reload(50)],
        ),
        Workload(
            "crowd",
            f"{crowd:,} people in one section",
            crowd,
            1,
            [join(120 // short), moves(50, 16 / brief, 50 // short)],
        ),
        Workload(
            "day",
            f"A day of a large course: {events:,} events over 200 people",
            200,
            56,
            [join(60), day(events, 75 // short)],
        ),
        Workload(
            "large",
            f"{10 * crowd:,} people over 56 sections",
            10 * crowd,
            56,
            [join(120 // short), idle(10 / brief), moves(50, 16 / brief, 60 // short)],
            targets=ALL,
            limits={"seed": 60 // short, "colyseus": 60 // short, "hocuspocus": 60 // short},
        ),
        Workload(
            "overload",
            f"{3 * crowd:,} people, 100 moves a second, and someone who opens pages",
            3 * crowd,
            56,
            [join(120 // short), busy("busy", 100, 30 / brief, 80), busy("calm", 5, 10 / brief, 40)],
            targets=("site",),
        ),
        *[growth(people // short, brief) for people in (300, 3_000, 10_000)],
    ]
    return {workload.name: workload for workload in listed}
