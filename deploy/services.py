"""A Redis, a Postgres and an nginx of one's own, for a cluster on this machine and for its tests.

Each is a process in a folder of its own, on a loopback port of its own, that ends with `stop()`.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from grp import getgrgid
from pathlib import Path
from pwd import getpwuid
from typing import Any

from deploy.ports import free_port

START_SECONDS = 15


class Missing(Exception):
    """A program is not installed; the message is the line to type."""


class Service:
    """A process that is up when its port answers."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.folder, self.port = Path(folder), port or free_port()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.process = self._start()
        self._await_port()

    def _start(self) -> subprocess.Popen:
        raise NotImplementedError

    def stop(self, number: int = signal.SIGTERM) -> None:
        """End it, in whatever state it is."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.send_signal(number)
            self.process.wait(START_SECONDS)

    def _spawn(self, *command: str, **as_user: Any) -> subprocess.Popen:
        # A Ctrl-C in the terminal is for the program that started us; it stops the rest in order.
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
                **as_user,
            )

    def _await_port(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise RuntimeError(f"{self.process.args[0]} did not start:\n{(self.folder / 'log').read_text()}")


class Redis(Service):
    """Keeps nothing on disk, so a restarted one is empty."""

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def _start(self) -> subprocess.Popen:
        program = find("redis-server", "valkey-server")
        return self._spawn(program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")


class Postgres(Service):
    """One with a database `studyhall` that this machine's users may use."""

    @property
    def url(self) -> str:
        return f"postgresql://studyhall@127.0.0.1:{self.port}/postgres"

    def _start(self) -> subprocess.Popen:
        # Postgres refuses to be run by root. With a program between, such as runuser, signals would not reach it.
        as_user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
        path = os.pathsep.join([*map(str, programs), os.environ["PATH"]])
        postgres, initdb = find("postgres", path=path), find("initdb", path=path)
        data = self.folder / "data"
        if not data.exists():
            data.mkdir(mode=0o700)
            if as_user:
                shutil.chown(data, "postgres")
            initialise = [initdb, "-D", data, "-U", "studyhall", "-A", "trust", "--no-sync"]
            subprocess.run(initialise, check=True, stdout=subprocess.DEVNULL, cwd="/", **as_user)
        options = ("-h", "127.0.0.1", "-p", str(self.port), "-k", "", "-c", "fsync=off")
        return self._spawn(postgres, "-D", str(data), *options, **as_user)

    def stop(self, number: int = signal.SIGINT) -> None:
        """End it without waiting for its clients, which SIGTERM would."""
        super().stop(number)


class Nginx(Service):
    """The configuration kept beside this file, with other ports."""

    def __init__(self, folder: Path, sites: list[int], port: int | None = None) -> None:
        self._sites = sites
        super().__init__(folder, port)

    def _start(self) -> subprocess.Popen:
        program = find("nginx", path=os.environ["PATH"] + ":/usr/sbin:/usr/local/sbin")
        server = (Path(__file__).parent / "nginx.conf").read_text()
        line = re.search(r"^ *server 127.*\n", server, re.MULTILINE)
        servers = "".join(line[0].replace("5001", str(site)) for site in self._sites)
        server = re.sub(r"(^ *server 127.*\n)+", servers, server, flags=re.MULTILINE)
        server = server.replace("listen 80;", f"listen 127.0.0.1:{self.port};")
        # Started by root, its workers would be another user, who cannot keep a large body in this folder.
        owner = f"{getpwuid(os.geteuid()).pw_name} {getgrgid(os.getegid()).gr_name}"
        (self.folder / "nginx.conf").write_text(NGINX.format(folder=self.folder, server=server, owner=owner))
        return self._spawn(program, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf"), "-e", "stderr")


NGINX = """
daemon off;
user {owner};
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {server}
}}
"""


def find(*names: str, path: str | None = None) -> str:
    """The first of some programs that is installed. Raises Missing."""
    if found := next(filter(None, (shutil.which(name, path=path) for name in names)), None):
        return found
    raise Missing(f"There is no {names[0]}. On Debian or Ubuntu, type: sudo apt-get install -y {names[0]}")
