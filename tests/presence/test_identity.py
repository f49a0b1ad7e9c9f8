"""The user of a handshake: one question for the handshake and the connect, another when the answer may be stale."""

import pytest
from flask import Flask

from presence.core.people import User
from presence.transport import handshake as module
from presence.transport.handshake import Authenticator


@pytest.fixture
def now(monkeypatch):
    clock = [100.0]
    monkeypatch.setattr(module, "monotonic", lambda: clock[0])
    return clock


class Site:
    """Answers with the user who is signed in, counts the questions, and lets something happen while it answers."""

    def __init__(self):
        self.user, self.asked, self.meanwhile = User("1", "Ada"), 0, None
        self.authenticator = Authenticator(Flask("test"), self.identify)
        self.environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": "/",
            "wsgi.url_scheme": "http",
            "SERVER_NAME": "localhost",
        }
        self.environ |= {"SERVER_NAME": "localhost", "SERVER_PORT": "80"}

    def identify(self):
        self.asked += 1
        user = self.user
        if self.meanwhile:
            self.meanwhile, happens = None, self.meanwhile
            happens()
        return user

    def who(self):
        return self.authenticator.user(self.environ)

    def sign_out(self):
        self.user = None
        self.authenticator.invalidate()


@pytest.mark.usefixtures("now")
def test_gate_and_connect_cost_one_question():
    site = Site()
    assert site.who() is site.who() is site.user
    assert site.asked == 1


def test_an_answer_that_is_a_second_old_is_asked_for_again(now):
    site = Site()
    site.who()
    now[0] += 1.1
    site.user = None
    assert site.who() is None


@pytest.mark.usefixtures("now")
def test_a_sign_out_between_the_gate_and_the_connect_counts():
    site = Site()
    assert site.who()
    site.sign_out()
    assert site.who() is None


@pytest.mark.usefixtures("now")
def test_a_sign_out_while_the_question_is_answered_counts():
    site = Site()
    site.meanwhile = site.sign_out
    assert site.who() is None
    assert site.asked == 2


@pytest.mark.usefixtures("now")
def test_a_guest_is_remembered_as_one():
    site = Site()
    site.user = None
    assert site.who() is site.who() is None
    assert site.asked == 1
