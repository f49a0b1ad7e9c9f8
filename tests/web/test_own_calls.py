"""Calls that come from this machine itself, whatever their headers claim."""

import pytest

from web.own_calls import is_own_call

LOCAL = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:5000"}


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"HTTP_HOST": "localhost:5000"},
        {"HTTP_HOST": "127.0.0.2"},
        {"REMOTE_ADDR": "::1", "HTTP_HOST": "[::1]:5000"},
        {"REMOTE_ADDR": "::ffff:127.0.0.1"},
    ],
)
def test_a_program_on_this_machine_calls_by_a_loopback_address(environ):
    assert is_own_call({**LOCAL, **environ})


@pytest.mark.parametrize(
    "environ",
    [
        {"REMOTE_ADDR": "10.0.0.1"},
        {"REMOTE_ADDR": "::ffff:10.0.0.1"},
        {"REMOTE_ADDR": ""},
        {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": "127.0.0.1.evil.example"},
        {"HTTP_HOST": "localhost.evil.example:5000"},
        {"HTTP_HOST": ""},
        {"HTTP_FORWARDED": "for=10.0.0.1"},
        {"HTTP_X_FORWARDED_FOR": "10.0.0.1"},
        {"HTTP_X_FORWARDED_FOR": ""},
        {"HTTP_X_REAL_IP": "10.0.0.1"},
        {"HTTP_VIA": "1.1 proxy"},
    ],
)
def test_a_visitor_behind_a_proxy_or_a_rebound_name_does_not(environ):
    assert not is_own_call({**LOCAL, **environ})


@pytest.mark.parametrize(
    "header",
    ["Forwarded", "Via", "X-Forwarded-Server", "X-Forwarded-Port", "X-Forwarded", "X-Real-IP", "CF-Connecting-IP"]
    + [
        "True-Client-IP",
        "Client-IP",
        "Fly-Client-IP",
        "X-Cluster-Client-IP",
        "X-Original-URL",
        "X-Envoy-External-Address",
    ],
)
def test_a_call_that_any_proxy_or_tunnel_has_passed_on_is_not_our_own(header):
    environ = {
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost:5000",
        "HTTP_USER_AGENT": "curl",
        "HTTP_ACCEPT": "*/*",
    }
    assert is_own_call(environ)
    assert not is_own_call({**environ, "HTTP_" + header.upper().replace("-", "_"): ""})
