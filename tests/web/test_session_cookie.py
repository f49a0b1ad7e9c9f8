"""A session cookie outlives a step of the clock; the database decides how long a sign-in lasts."""

import pytest
from flask import Flask
from itsdangerous import BadSignature

from web import session_cookie

HOUR = 3600


@pytest.mark.parametrize("step", [0, -300, -HOUR, -400 * 24 * HOUR, HOUR, 400 * 24 * HOUR])
def test_a_cookie_is_good_on_either_side_of_a_step_of_the_clock(monkeypatch, step):
    app = Flask(__name__)
    app.secret_key = "a test's secret"
    app.session_interface = session_cookie.SessionInterface()
    signer = app.session_interface.get_signing_serializer(app)
    cookie = signer.dumps({"a": 1})
    now = __import__("time").time()
    monkeypatch.setattr("time.time", lambda: now + step)
    with app.test_request_context(headers={"Cookie": f"session={cookie}"}) as context:
        assert dict(context.session or app.session_interface.open_session(app, context.request)) == {"a": 1}


def test_a_changed_cookie_is_refused():
    app = Flask(__name__)
    app.secret_key = "a test's secret"
    signer = session_cookie.SessionInterface().get_signing_serializer(app)
    with pytest.raises(BadSignature):
        signer.loads(signer.dumps({"a": 1})[:-1])


def test_without_a_secret_there_are_no_sessions():
    assert session_cookie.SessionInterface().get_signing_serializer(Flask(__name__)) is None
