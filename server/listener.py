"""The listening socket, its options, and the limit on connections."""

import socket
from contextlib import suppress

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

SEND_BUFFER = 256 * 1024
CONNECTIONS = 20_000
UNREAD_SECONDS = 20
SPARE_DESCRIPTORS = 100
OPEN_MAX = 10_240


class BindError(Exception):
    """The address cannot be used; the message is a sentence for the operator."""


def bind(host: str, port: int, shared: bool) -> socket.socket:
    """Return a bound socket. Several processes can bind a `shared` port; the kernel spreads the connections.

    Raises BindError when the address is unknown or in use.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared and hasattr(socket, "SO_REUSEPORT"):
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    _set_inherited_options(listener)
    try:
        listener.bind((host, port))
    except OSError as error:
        raise BindError(f"HOST {host!r}, PORT {port}: {error.strerror}.") from None
    return listener


def _set_inherited_options(listener: socket.socket) -> None:
    # A diff must not wait for the acknowledgement of the one before.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    # By default the kernel buffers up to 4 MB for a client that does not read.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        # A client that acknowledges nothing for this long is gone, even if it still sends.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD_SECONDS * 1000)


def raise_descriptor_limit() -> None:
    """Raise the limit on open files to the hard limit; each connection needs one."""
    if not resource:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    # macOS says that its hard limit is infinite, and may refuse more than OPEN_MAX.
    for limit in (hard, max(soft, OPEN_MAX)):
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
            break


def max_connections() -> int:
    """The connection limit. Eventlet's server dies when it accepts one without a free descriptor."""
    if not resource:
        return CONNECTIONS
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if limit == resource.RLIM_INFINITY:
        return CONNECTIONS
    return max(1, min(CONNECTIONS, limit - SPARE_DESCRIPTORS))


def local_url(host: str, port: int) -> str:
    """The URL by which this machine reaches a site that listens there."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  compared, not bound
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"
