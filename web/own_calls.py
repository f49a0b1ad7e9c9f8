"""Calls of this machine to itself: a health check, a scrape of the metrics, the simulated classmates."""

import re
from ipaddress import IPv6Address, ip_address
from wsgiref.types import WSGIEnvironment

# A proxy on this machine makes every visitor look local; the headers that proxies and tunnels add give it away.
FORWARDING = re.compile(
    r"HTTP_(VIA|X_REAL_IP|(X_)?FORWARDED\w*|X_(ENVOY|ORIGINAL)_\w+|(\w+_)?(CLIENT|CONNECTING|PROXYUSER)_IP)"
)


def is_own_call(environ: WSGIEnvironment) -> bool:
    """Whether a program on this machine called this process directly, by a loopback address or `localhost`.

    The name matters: a page of another site can make a local browser call us under a name of its own, if its DNS says
    127.0.0.1 (rebinding).
    """
    if any(map(FORWARDING.fullmatch, environ)):
        return False
    return is_loopback(environ.get("REMOTE_ADDR", "")) and is_loopback(_hostname(environ.get("HTTP_HOST", "")))


def is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


def _hostname(host: str) -> str:
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
