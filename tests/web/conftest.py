import pytest

from tests.helpers.app import make_app


@pytest.fixture
def app(tmp_path):
    """An app with the sample users, and its context."""
    app = make_app(tmp_path, samples=True)
    with app.app_context():
        yield app
