"""The presence package in another site: everything that site needs is between the two lines of dashes."""

from dataclasses import replace

# ----------------------------------------------------------------------------------------------------------------------
from flask import Flask, request
from flask_socketio import SocketIO

from presence import Place, Presence, User

app = Flask(__name__)
app.secret_key = "change me"
users = {"1": User("1", "Ines"), "2": User("2", "Bo")}
pages = ["docs/guide/start", "docs/guide/next"]


def identify():
    return users.get(request.headers.get("X-User"))


def locate(path):
    if path not in pages:
        return None
    index = pages.index(path)
    return Place(path, pages[index - 1] if index else None, pages[index + 1] if index + 1 < len(pages) else None)


presence = Presence(app, SocketIO(), identify, locate, async_mode="threading")
# ----------------------------------------------------------------------------------------------------------------------


def page(user_id, place):
    socket = app.extensions["socketio"].test_client(app, headers={"X-User": user_id})
    socket.emit("enter", {"place": place})
    return socket


def test_two_people_meet_on_another_site():
    presence.ticker.enabled = False
    ines = page("1", "docs/guide/start")
    page("2", "docs/guide/next")
    names = [person["name"] for frame in ines.get_received() for person in frame["args"][0].get("joins", [])]
    assert names == ["Bo"] * 3
    presence.profile_changed(replace(users["2"], visibility="hidden"))
    presence.clock = lambda: 9e9
    presence.tick()
    assert [frame["args"][0]["total"] for frame in ines.get_received()] == [1, 1, 1]
    assert app.test_client().get("/presence?place=docs/guide/start").status_code == 401
    answer = app.test_client().get("/presence?place=docs/guide/start", headers={"X-User": "1"})
    assert [person["name"] for person in answer.json["states"][2]["people"]] == ["Ines"]
