"""Latency against load: the workload, its table, its plot, and what it says at 80 % of a core."""

from pathlib import Path

from chart import Series, chart
from figures import Phase
from tables import table, written
from workloads import Workload, join

NAME = "steps"
TITLE = "Latency against load"
RATES = (50, 150, 300, 500, 700, 900, 1100, 1400)
MOVES_A_PAGE = 25
PROMISED_CORE = 80
MOVES_MS, PAGES_MS = 150, 300


def workload(short: int) -> Workload:
    """A thousand people, and every step more moves and pages than the last; at most 80 s, a quick one 20 s."""
    crowd, seconds = 1000 // short, 5 if short == 1 else 2
    title = f"{TITLE}: {crowd:,} people over 56 sections, and ever more moves and pages"
    rates = RATES if short == 1 else RATES[1::3]
    steps = [_step(rate, seconds) for rate in rates]
    return Workload(NAME, title, crowd, 56, [join(120 // short), *steps], targets=("site",))


def _step(rate: int, seconds: int) -> dict:
    shape = {"name": f"step-{rate}", "kind": "step", "rate": rate, "pages": rate / MOVES_A_PAGE}
    return shape | {"seconds": seconds, "quietMs": 200, "limit": seconds + 5}


def section(phases: dict[str, Phase], plots: Path) -> list[str]:
    """The table and the plot, as Markdown."""
    steps = _steps(phases)
    if not steps:
        return []
    plots.mkdir(exist_ok=True)
    (plots / f"{NAME}.svg").write_text(_plot(steps))
    knee = max((step for step in steps if _keeps(step)), key=lambda step: step.said["core"], default=None)
    said = (
        f"The knee, the busiest step that keeps both promises, is at {written(knee.said['core'])} % of a core."
        if knee
        else "No step kept both promises."
    )
    return [f"## {TITLE}\n", _table(steps, knee), said + "\n", f"![{TITLE}](plots/{NAME}.svg)\n"]


def at_promised_core(figure):
    """The figure at PROMISED_CORE, between the steps on both sides of it; None when the load never came so far."""

    def find(measured: dict) -> float | None:
        steps = _steps(measured[NAME]["site"])
        points = sorted((step.said["core"], figure(step)) for step in steps)
        for (low, below), (high, above) in zip(points, points[1:], strict=False):
            if low <= PROMISED_CORE <= high:
                return below + (above - below) * (PROMISED_CORE - low) / max(0.1, high - low)
        return None

    return find


def moves_p99(step: Phase) -> float:
    return step.said["latency"]["p99"]


def pages_p99(step: Phase) -> float:
    return step.said["pages"]["p99"]


def _steps(phases: dict[str, Phase]) -> list[Phase]:
    """The steps at which something was seen, the last, unfinished one too."""
    steps = [phase for phase in phases.values() if phase.said.get("kind") == "step"]
    return [step for step in steps if moves_p99(step) is not None and pages_p99(step) is not None]


def _keeps(step: Phase) -> bool:
    return step.finished and moves_p99(step) <= MOVES_MS and pages_p99(step) <= PAGES_MS


def _table(steps: list[Phase], knee: Phase | None) -> str:
    head = ["moves a second", "pages a second", "% of a core", "moves p50 ms", "p99 ms", "pages p50 ms", "p99 ms", ""]
    return table(head, [[*_row(step), _remark(step, knee)] for step in steps])


def _row(step: Phase) -> list[str]:
    said = step.said
    figures = (said["rate"], said["asked"], said["core"], said["latency"]["p50"], moves_p99(step))
    return [*map(written, figures), written(said["pages"]["p50"]), written(pages_p99(step))]


def _remark(step: Phase, knee: Phase | None) -> str:
    if not step.finished:
        return f"{step.progress}; {step.said['pages']['failed']} pages refused"
    return "the knee" if step is knee else ""


def _plot(steps: list[Phase]) -> str:
    lines = [("moves", "var(--site)", moves_p99), ("pages", "var(--node)", pages_p99)]
    series = [Series(name, colour, [(s.said["core"], figure(s)) for s in steps]) for name, colour, figure in lines]
    return chart(f"{TITLE}: p99 in ms", "% of a core", series)


STEP_PROMISES = [
    (f"at {PROMISED_CORE} % of a core: moves' p99 of at most {MOVES_MS} ms", MOVES_MS, at_promised_core(moves_p99)),
    (f"at {PROMISED_CORE} % of a core: pages' p99 of at most {PAGES_MS} ms", PAGES_MS, at_promised_core(pages_p99)),
]
