"""The cost of the shared log: the same changes by LocalLog in one process, and by RedisLog in one, two and three.

    python benchmarks/log.py [--changes 6000]

Each process appends its share of the changes and applies all of them. Printed for each: how many changes a second all
rosters have applied, what one costs the processor in each process, and how many commands Redis has carried out a
change. All share this machine's cores with Redis, so more processes are not faster here: every one applies everything.
"""

import argparse
import multiprocessing
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from deploy.services import Redis
from presence.change_log import LocalLog
from presence.cluster.redis_stream import RedisStream
from presence.cluster.replica import Replica
from presence.core.changes import Enter
from presence.core.people import Keys, User
from presence.core.room_changes import RoomChange
from presence.core.roster import Roster

PEOPLE = 500


class Site:
    """The parts of presence that a log needs."""

    def __init__(self, node: str) -> None:
        from threading import RLock

        self.id, self.lock, self.roster = node, RLock(), Roster(Keys(b"secret"), node)
        self.done = 0

    def apply(self, change, at: float) -> None:
        # Rooms have state of their own, which this site lacks.
        if not isinstance(change, RoomChange):
            self.roster.apply(change, at)
        self.done += 1

    def notify(self, change) -> None: ...
    def publish_now(self) -> None:
        for path in list(self.roster.changed):
            self.roster.publish(path)

    def reauthenticate(self) -> None: ...


def changes(node: str, count: int):
    users = [User(f"{node}{n}", f"Learner {n}", revision=1) for n in range(PEOPLE)]
    for n in range(count):
        yield Enter(f"{node}/{n % PEOPLE}", users[n % PEOPLE], f"course/{n % 20}/{n % 7}")


def local(count: int) -> tuple[float, float]:
    site = Site("local")
    log = LocalLog(site.apply, time.time)
    started, cpu = time.perf_counter(), time.process_time()
    for number, change in enumerate(changes("local", count)):
        log.append(change)
        if number % 200 == 0:
            site.publish_now()
    return time.perf_counter() - started, time.process_time() - cpu


def member(url: str, node: str, share: int, total: int, ready, results) -> None:
    """One process: it writes and reads in turn, as its two tasks do."""
    site = Site(node)
    log = Replica(site, RedisStream(url, node))
    log.join()
    ready.wait()
    started, cpu = time.perf_counter(), time.process_time()
    pending = changes(node, share)
    while site.done < total:
        for _, change in zip(range(50), pending, strict=False):
            log.append(change)
        log.write()
        log.follow(0.01)
        log.heartbeat()
    results.put((time.perf_counter() - started, time.process_time() - cpu))


def shared(processes: int, count: int) -> tuple[float, float, float]:
    with tempfile.TemporaryDirectory() as folder:
        redis = Redis(Path(folder))
        try:
            import redis as client

            asks = client.Redis.from_url(redis.url)
            before = asks.info("stats")["total_commands_processed"]
            ready, results = multiprocessing.Barrier(processes), multiprocessing.Queue()
            total = count // processes * processes
            children = [
                multiprocessing.Process(
                    target=member, args=(redis.url, f"n{n}", total // processes, total, ready, results)
                )
                for n in range(processes)
            ]
            for child in children:
                child.start()
            found = [results.get(timeout=120) for _ in children]
            for child in children:
                child.join()
            commands = asks.info("stats")["total_commands_processed"] - before
        finally:
            redis.stop()
    return max(wall for wall, _ in found), sum(cpu for _, cpu in found) / processes, commands / total


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what the shared log costs.")
    parser.add_argument("--changes", type=int, default=6000)
    count = parser.parse_args().changes
    print("| log | processes | changes a second | processor, µs a change and process | Redis commands a change |")
    print("|---|---|---|---|---|")
    wall, cpu = local(count)
    print(f"| LocalLog | 1 | {count / wall:,.0f} | {cpu / count * 1e6:.0f} | 0 |")
    for processes in (1, 2, 3):
        wall, cpu, commands = shared(processes, count)
        print(f"| RedisLog | {processes} | {count / wall:,.0f} | {cpu / count * 1e6:.0f} | {commands:.2f} |")


if __name__ == "__main__":
    main()
