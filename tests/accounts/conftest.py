import pytest

import accounts
from tests.helpers.app import Site, make_sample_app
from tests.helpers.clients import WebClient


@pytest.fixture
def site(tmp_path):
    return make_sample_app(tmp_path)


@pytest.fixture
def visitor(site):
    return WebClient(site)


@pytest.fixture
def ada(visitor):
    visitor.sign_in("ada")
    return visitor


@pytest.fixture
def heard(site):
    """The two signals that were sent, in order: (name, arguments)."""
    said = []

    def on_signed_out(app, **arguments):
        said.append(("signed_out", arguments))

    def on_profile(app, user):
        said.append(("profile_changed", {"name": user.name, "visibility": user.visibility}))

    with accounts.signed_out.connected_to(on_signed_out, site), accounts.profile_changed.connected_to(on_profile, site):
        yield said


@pytest.fixture
def site_with_sockets(tmp_path):
    return Site(tmp_path)
