"""The socket that the site listens on, and how many connections it may bring."""

import resource
import socket

SEND_BUFFER = 256 * 1024
CONNECTIONS = 20_000
UNREAD_SECONDS = 20
SPARE_DESCRIPTORS = 100


class CannotServe(Exception):
    """The site cannot be served as asked; the message is a sentence for whoever starts it."""


def bind(host: str, port: int, shared: bool) -> socket.socket:
    """A bound socket. A `shared` port can be had by several processes, and the kernel deals them the connections.

    Raises CannotServe when the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    _let_connections_inherit(listener)
    try:
        listener.bind((host, port))
    except OSError as error:
        raise CannotServe(f"HOST {host!r}, PORT {port}: {error.strerror}.") from None
    return listener


def _let_connections_inherit(listener: socket.socket) -> None:
    # A diff must not wait for the acknowledgement of the one before.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    # The kernel would keep up to 4 MB for somebody who does not read.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        # Whoever takes nothing of what is sent for so long is gone, whatever they send themselves.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD_SECONDS * 1000)


def raise_descriptor_limit() -> None:
    """Let this process have as many open files as it may; each connection is one."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def most_connections() -> int:
    """As many as there may be: the server would not survive to accept one for which there is no descriptor left."""
    return max(1, min(CONNECTIONS, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - SPARE_DESCRIPTORS))


def url(host: str, port: int) -> str:
    """The address at which this machine reaches a site that listens there."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  read, not bound
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"
