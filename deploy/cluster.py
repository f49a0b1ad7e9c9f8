"""A cluster on this machine: Redis, Postgres where it is installed (else one SQLite file), and three site processes.

    python deploy/cluster.py [--port P] [--processes N] [--classmates N]

The processes share one port: the kernel deals them the connections, and no proxy is needed. Ctrl-C stops everything
that was started; the data lies in `instance/cluster/`.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from deploy.services import Missing, Postgres, Redis

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "instance" / "cluster"


def main() -> None:
    """Start all, wait for the end of one of them, and stop all."""
    arguments = _arguments()
    # A service manager's SIGTERM ends it as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    started: list = []
    try:
        environment = _services(started)
        for number in range(arguments.processes):
            started.append(_site(arguments, environment, first=number == 0))
            # The first one makes the tables before the next one looks for them.
            time.sleep(2.0)
        print(f"{arguments.processes} processes at http://127.0.0.1:{arguments.port}. Ctrl-C stops them.", flush=True)
        while all(process.poll() is None for process in started if isinstance(process, subprocess.Popen)):
            time.sleep(0.5)
    except KeyboardInterrupt:
        print("Stopping.", flush=True)
    except Missing as missing:
        sys.exit(str(missing))
    finally:
        _stop(started)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Run several processes of the site on this machine.")
    parser.add_argument("--port", default=os.environ.get("PORT", "5000"), help="port they share (default: 5000)")
    parser.add_argument("--processes", type=int, default=3, help="how many (default: 3)")
    parser.add_argument("--classmates", type=int, default=6, help="simulated classmates (default: 6)")
    return parser.parse_args()


def _services(started: list) -> dict[str, str]:
    redis = Redis(FOLDER / "redis")
    started.append(redis)
    environment = {**os.environ, "INSTANCE_DIR": str(FOLDER), "REDIS_URL": redis.url}
    print(f"Redis is at {redis.url}.")
    try:
        postgres = Postgres(FOLDER / "postgres")
    except (Missing, RuntimeError, subprocess.CalledProcessError) as error:
        print(f"The data lies in one SQLite file, without Postgres: {str(error).splitlines()[0]}")
        return environment
    started.append(postgres)
    print(f"Postgres is at {postgres.url}.")
    return {**environment, "DATABASE_URL": postgres.url}


def _site(arguments, environment: dict[str, str], first: bool) -> subprocess.Popen:
    command = [sys.executable, str(ROOT / "app.py"), "--port", arguments.port]
    if first and arguments.classmates:
        command += ["--classmates", str(arguments.classmates)]
    said = None if first else subprocess.DEVNULL
    return subprocess.Popen(command, env=environment, stdout=said, start_new_session=True)


def _stop(started: list) -> None:
    sites = [site for site in started if isinstance(site, subprocess.Popen)]
    for site in sites:
        site.terminate()
    for site in sites:
        site.wait(10)
    for service in reversed([service for service in started if service not in sites]):
        service.stop()


if __name__ == "__main__":
    main()
