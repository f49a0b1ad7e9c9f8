"""A TCP proxy that lets everything come late: `delay` seconds in each direction."""

import socket
import threading
import time
from collections import deque
from contextlib import contextmanager, suppress


@contextmanager
def proxy(port: int, delay: float):
    """The URL of a proxy in front of a local port."""
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_accept, args=(listener, port, delay), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.close()


def _accept(listener, port, delay):
    while True:
        try:
            client, _ = listener.accept()
        except OSError:
            return
        try:
            server = socket.create_connection(("127.0.0.1", port))
        except OSError:
            client.close()
            continue
        for source, target in ((client, server), (server, client)):
            queue: deque = deque()
            arrived = threading.Event()
            threading.Thread(target=_read, args=(source, queue, arrived, delay), daemon=True).start()
            threading.Thread(target=_write, args=(target, queue, arrived), daemon=True).start()


def _read(source, queue, arrived, delay):
    data = b"first"
    while data:
        try:
            data = source.recv(65536)
        except OSError:
            data = b""
        queue.append((time.monotonic() + delay, data))
        arrived.set()


def _write(target, queue, arrived):
    while True:
        arrived.wait()
        while queue:
            due, data = queue.popleft()
            time.sleep(max(0.0, due - time.monotonic()))
            with suppress(OSError):
                target.sendall(data)
            if not data:
                with suppress(OSError):
                    target.shutdown(socket.SHUT_WR)
                target.close()
                return
        arrived.clear()
        if queue:
            arrived.set()
