"""The handshake of a WebSocket on eventlet: one answer, that of RFC 6455."""

from types import SimpleNamespace

import pytest

from presence.transport.upgrade import answer_to, upgraded

KEY = "dGhlIHNhbXBsZSBub25jZQ=="


def call(serve):
    """Open a WebSocket. Returns what was told of it: the response, its idle connection, and eventlet's own mark."""
    told, local = [], SimpleNamespace(already_handled=False)
    body = SimpleNamespace(get_socket=lambda: "stream")
    environ = {"eventlet.set_idle": lambda: told.append("idle"), "eventlet.input": body, "HTTP_SEC_WEBSOCKET_KEY": KEY}
    return upgraded(serve, local)(environ, None), told, local.already_handled


def test_the_answer_to_the_example_of_rfc_6455():
    head, accept = answer_to(KEY).decode().removesuffix("\r\n\r\n").rsplit("\r\n", 1)
    assert accept == "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
    assert head == "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade"


def test_the_answer_is_left_to_what_serves_the_socket_and_eventlet_sends_none():
    served = []
    assert call(lambda *given: served.append(given)) == ([], ["idle"], True)
    assert served == [("stream", answer_to(KEY))]


@pytest.mark.parametrize("error", [BrokenPipeError, ConnectionResetError])
def test_a_client_that_has_gone_is_no_error(error):
    def serve(_stream, _answer):
        raise error

    assert call(serve) == ([], ["idle"], True)
