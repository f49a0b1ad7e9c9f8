"""A port for a server that a test starts: no one else gets it meanwhile, and the server can take it again and again."""

import socket
import sys

import pytest

from deploy.ports import free_port

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Only Linux reserves a port so.")


def test_a_free_port_is_not_given_to_another():
    port = free_port()
    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.bind(("127.0.0.1", port))


def test_a_server_may_listen_on_a_free_port_twice():
    port = free_port()
    for _ in range(2):
        with socket.create_server(("127.0.0.1", port)):
            socket.create_connection(("127.0.0.1", port)).close()


def test_no_one_answers_on_a_free_port():
    with socket.socket() as visitor:
        assert visitor.connect_ex(("127.0.0.1", free_port())) != 0
