import pytest

from courses.loader import load
from tests import house


@pytest.fixture
def content(tmp_path):
    """The folder of the small course web, inside a repository of its own (tmp_path)."""
    return house.make_content(tmp_path / "content")


@pytest.fixture
def read(content, tmp_path):
    return lambda: load(content, tmp_path)


@pytest.fixture
def site(tmp_path):
    site = house.make_site(tmp_path)
    house.load_samples(site)
    return site


@pytest.fixture
def visitor(site):
    return house.Visitor(site)
