"""The figures of one phase on one server, as the report shows them: a name, how to get it, how to write it."""

from dataclasses import dataclass

ACTIVE = ("moves", "mixed", "signals")
"""The phases whose cost is shown without that of the same people at rest."""


@dataclass(frozen=True)
class Phase:
    """The load generator's report of a phase, with the idle cost of the same people."""

    said: dict
    idle_cpu_a_second: float = 0.0

    @property
    def finished(self) -> bool:
        return self.said["finished"]

    @property
    def progress(self) -> str:
        if self.finished:
            return "all"
        return f"stopped: {self.said['done']:,} of {self.said['of']:,} after {self.said['wallSeconds']:.0f} s"

    @property
    def cpu_ms_each(self) -> float:
        """CPU of the server per thing done, without what it needs when no one does anything."""
        net = self.said["cpu"] - self.idle_cpu_a_second * self.said["wallSeconds"]
        return 1000 * max(0.0, net) / max(1, self.said["done"])

    @property
    def bytes_a_viewer_a_minute(self) -> float:
        return self.said["bytes"] / max(1, self.said["present"]) / self.said["wallSeconds"] * 60

    @property
    def kilobytes_each(self) -> float:
        return self.said["rssGrownKB"] / max(1, self.said["present"])

    @property
    def core_percent(self) -> float:
        """CPU of the server in percent of one core, idle cost included."""
        return 100 * self.said["cpu"] / self.said["seconds"]

    @property
    def kilobytes_a_second(self) -> float:
        """Sent to one screen in a second."""
        return self.said["bytes"] / 1000 / max(1, self.said["present"]) / self.said["seconds"]

    @property
    def bytes_a_room(self) -> float:
        """Memory that a joined room has cost each socket."""
        return self.said["rssPhaseKB"] * 1024 / max(1, self.said["of"]) / len(self.said["rooms"])

    def latency(self, name: str) -> float | None:
        return self.said["latency"][name]


def phases(said: list[dict]) -> dict[str, Phase]:
    """The phases of one server by name."""
    idle = next((phase["cpu"] / phase["wallSeconds"] for phase in said if phase["name"] == "idle"), 0.0)
    return {phase["name"]: Phase(phase, idle if phase["name"] in ACTIVE else 0.0) for phase in said}
