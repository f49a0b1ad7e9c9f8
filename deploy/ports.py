"""Loopback ports for servers that are started later."""

import socket
import sys

# Bound until this process ends, and never listening.
_reserved: list[socket.socket] = []


def free_port() -> int:
    """A port that is free now.

    On Linux it stays reserved while this process runs: the kernel gives it to no one who asks for any port and to no
    outgoing connection. A server that sets SO_REUSEADDR, as nearly all do, can listen on it.
    """
    probe = socket.socket()
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
    if sys.platform == "linux":
        _reserved.append(probe)
    else:
        # Elsewhere not even SO_REUSEADDR would let the server have it.
        probe.close()
    return port
