"""The app's class: routes are for pages alone."""

import pytest

from tests.helpers.app import make_sample_app
from tests.helpers.clients import WebClient
from web.site import Site


@pytest.mark.parametrize(
    ("path", "has_routes"), [("/", True), ("/socket.io", True), ("/socket.iox", True), ("/socket.io/?EIO=4", False)]
)
def test_a_handshake_has_no_route(path, has_routes):
    with Site(__name__).test_request_context(path) as context:
        assert (context.url_adapter is not None) is has_routes


@pytest.mark.parametrize("path", ["/socket.io", "/socket.iox", "/socket.iox/", "/socket"])
def test_a_path_beside_that_of_the_sockets_is_a_page_that_is_not_there(tmp_path, path):
    visitor = WebClient(make_sample_app(tmp_path))
    visitor.sign_in()
    assert visitor.get(path).status_code == 404
