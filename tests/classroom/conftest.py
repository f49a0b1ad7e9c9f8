import pytest


@pytest.fixture
def margaret(site):
    """The instructor's browser."""
    return site.browser("margaret")
