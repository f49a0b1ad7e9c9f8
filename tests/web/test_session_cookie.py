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


def opened(app, cookie):
    with app.test_request_context(headers={"Cookie": f"session={cookie}"}) as context:
        return dict(app.session_interface.open_session(app, context.request))


def test_a_cookie_that_flask_itself_has_signed_is_good_and_the_other_way_round():
    ours, flasks = Flask(__name__), Flask(__name__)
    ours.secret_key = flasks.secret_key = "a test's secret"
    ours.session_interface = session_cookie.SessionInterface()
    for writer, reader in ((ours, flasks), (flasks, ours)):
        assert opened(reader, writer.session_interface.get_signing_serializer(writer).dumps({"a": 1})) == {"a": 1}


def test_a_cookie_of_an_earlier_secret_is_good_while_that_is_kept():
    app = Flask(__name__)
    app.secret_key, app.session_interface = "before", session_cookie.SessionInterface()
    cookie = app.session_interface.get_signing_serializer(app).dumps({"a": 1})
    app.secret_key = "now"
    assert opened(app, cookie) == {}
    app.config["SECRET_KEY_FALLBACKS"] = ["long ago", "before"]
    assert opened(app, cookie) == {"a": 1}
    assert opened(app, app.session_interface.get_signing_serializer(app).dumps({"b": 2})) == {"b": 2}
    app.config["SECRET_KEY_FALLBACKS"] = None
    assert opened(app, cookie) == {}
