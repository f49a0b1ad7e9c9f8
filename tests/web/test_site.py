"""The app's class: routes are for pages alone."""

import pytest

from web.site import Site


@pytest.mark.parametrize(("path", "has_routes"), [("/", True), ("/socket", True), ("/socket.io/?EIO=4", False)])
def test_a_handshake_has_no_route(path, has_routes):
    with Site(__name__).test_request_context(path) as context:
        assert (context.url_adapter is not None) is has_routes
