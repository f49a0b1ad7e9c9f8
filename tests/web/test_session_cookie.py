"""A cookie from a clock that goes ahead is good, one from too far ahead or too long ago is not."""

import pytest
from flask import Flask

from web import session_cookie


@pytest.mark.parametrize(("seconds", "good"), [(0, True), (-300, True), (-900, False), (90, True), (110, False)])
def test_how_far_a_signature_may_be_from_now(monkeypatch, seconds, good):
    app = Flask(__name__)
    app.secret_key = "a test's secret"
    signer = session_cookie.Sessions().get_signing_serializer(app)
    text, now = signer.dumps({"a": 1}), session_cookie.time.time()
    monkeypatch.setattr("time.time", lambda: now + seconds)
    if good:
        assert signer.loads(text, max_age=100) == {"a": 1}
    else:
        with pytest.raises(session_cookie.SignatureExpired):
            signer.loads(text, max_age=100)


def test_without_a_secret_there_are_no_sessions():
    assert session_cookie.Sessions().get_signing_serializer(Flask(__name__)) is None
