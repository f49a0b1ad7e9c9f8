import pytest

from courses.loader import load
from tests.helpers.app import make_content, make_sample_app
from tests.helpers.clients import WebClient


@pytest.fixture
def content(tmp_path):
    """The folder of the small course web, inside a repository of its own (tmp_path)."""
    return make_content(tmp_path / "content")


@pytest.fixture
def read(content, tmp_path):
    return lambda: load(content, tmp_path)


@pytest.fixture
def site(tmp_path):
    return make_sample_app(tmp_path)


@pytest.fixture
def visitor(site):
    return WebClient(site)
