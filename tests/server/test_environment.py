"""The environment that the site is given for a request."""

import io
from types import SimpleNamespace

from server.environment import IDLE, EnvironmentProtocol
from server.quick_head import QuickHeaders


def request(path="/", headers=(), method="GET"):
    """A protocol that has read a head. Its body is what `make_input` was given."""
    protocol = EnvironmentProtocol()
    protocol.command, protocol.path, protocol.headers = method, path, QuickHeaders(list(headers))
    protocol.connection = SimpleNamespace(getsockname=lambda: ("127.0.0.1", 5000))
    protocol.client_address, protocol.conn_state = ("127.0.0.2", 40000), [None, None, "request"]
    protocol.rfile, protocol.wfile = io.BytesIO(), io.BytesIO()
    protocol.make_input = lambda *given, **more: (given, more)
    return protocol


def test_a_path_is_unquoted_to_latin_1_and_its_query_is_not():
    environ = request("/a%20b%C3%A9?c=%20?d").get_environ()
    assert environ["PATH_INFO"] == "/a b\xc3\xa9"
    assert environ["QUERY_STRING"] == "c=%20?d"
    assert "QUERY_STRING" not in request("/").get_environ()


def test_both_addresses_are_named():
    environ = request().get_environ()
    assert [environ[key] for key in ("SERVER_NAME", "SERVER_PORT")] == ["127.0.0.1", "5000"]
    assert [environ[key] for key in ("REMOTE_ADDR", "REMOTE_PORT")] == ["127.0.0.2", "40000"]


def test_a_header_that_comes_twice_is_joined_with_a_comma():
    environ = request(headers=[("Accept", "a "), ("X", "1"), ("accept", "b\t")]).get_environ()
    assert environ["HTTP_ACCEPT"] == "a,b"
    assert environ["HTTP_X"] == "1"


def test_a_name_with_an_underscore_cannot_pass_for_another():
    environ = request(headers=[("X_Forwarded_For", "evil"), ("Content_Length", "5")]).get_environ()
    assert not [key for key in environ if key.startswith("HTTP_")]
    assert "CONTENT_LENGTH" not in environ


def test_type_and_length_have_keys_of_their_own():
    environ = request(headers=[("Content-Type", ""), ("Content-Length", "5")]).get_environ()
    assert (environ["CONTENT_TYPE"], environ["CONTENT_LENGTH"]) == ("", "5")
    assert not [key for key in environ if key.startswith("HTTP_")]
    bare = request().get_environ()
    assert bare["CONTENT_TYPE"] == "text/plain"
    assert "CONTENT_LENGTH" not in bare


def test_the_body_is_as_long_as_it_says_and_waits_for_a_client_that_asks_first():
    protocol = request(headers=[("Content-Length", "5"), ("Expect", "100-Continue")], method="POST")
    (stream, length, connection), more = protocol.get_environ()["wsgi.input"]
    assert (stream, length, connection) == (protocol.rfile, "5", protocol.connection)
    assert more == {"wfile": protocol.wfile, "wfile_line": b"HTTP/1.1 100 Continue\r\n"}
    (_, length, _), more = request().get_environ()["eventlet.input"]
    assert (length, more) == (0, {})


def test_a_connection_can_be_marked_as_idle():
    protocol = request()
    protocol.get_environ()["eventlet.set_idle"]()
    assert protocol.conn_state[2] == IDLE
