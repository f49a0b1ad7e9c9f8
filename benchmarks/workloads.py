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
    listed = [*_crowds(short, brief), _day(short, brief), _large(short, brief), _overload(short, brief)]
    listed += [growth(people // short, brief) for people in (300, 3_000, 10_000)]
    return {workload.name: workload for workload in listed}


def _crowds(short: int, brief: int) -> list[Workload]:
    """A thousand people: spread over a course, reloading at once, and in one section."""
    crowd, come, move = 1000 // short, join(120 // short), moves(50, 16 / brief, 50 // short)
    course, limits = f"{crowd:,} people in one course of 56 sections", {"hocuspocus": 60 // short}
    returning = f"{crowd:,} people drop at once and return within 5 seconds"
    return [
        Workload("course", course, crowd, 56, [come, idle(10 / brief), move], targets=ALL, limits=limits),
        Workload("reload", returning, crowd, 56, [come, reload(50)]),
        Workload("crowd", f"{crowd:,} people in one section", crowd, 1, [come, move]),
    ]


def _day(short: int, brief: int) -> Workload:
    events = 100_000 // brief**2
    title = f"A day of a large course: {events:,} events over 200 people"
    return Workload("day", title, 200, 56, [join(60), day(events, 75 // short)])


def _large(short: int, brief: int) -> Workload:
    people = 10_000 // short
    phases = [join(120 // short), idle(10 / brief), moves(50, 16 / brief, 60 // short)]
    limits = dict.fromkeys(("seed", "colyseus", "hocuspocus"), 60 // short)
    return Workload("large", f"{people:,} people over 56 sections", people, 56, phases, targets=ALL, limits=limits)


def _overload(short: int, brief: int) -> Workload:
    people = 3000 // short
    title = f"{people:,} people, 100 moves a second, and someone who opens pages"
    phases = [join(120 // short), busy("busy", 100, 30 / brief, 80), busy("calm", 5, 10 / brief, 40)]
    return Workload("overload", title, people, 56, phases, targets=("site",))
