"""Traces of a hidden user in places that are easily forgotten: orders, ticks, pictures, logs."""

import io
import logging
from dataclasses import replace

from PIL import Image

from accounts.models import find
from presence.core.changes import Enter, Leave, Profile
from presence.core.people import Keys, User
from presence.core.roster import Roster
from presence.delivery.schedule import TICK_SECONDS
from replay.recorder import Recorder
from tests.helpers.clients import post
from web.db import db

KEYS = Keys(b"secret")


def test_the_order_of_people_does_not_tell_who_was_here_unseen():
    orders = []
    for before in ("hidden", "anonymous"):
        roster = Roster(KEYS, "epoch")
        zoe = User("z", "Zoe", alias="1", visibility=before, revision=1)
        roster.apply(Enter("n/z", zoe, "a/x/1"), 100.0)
        for name in ("Bob", "Cy"):
            roster.apply(Enter(f"n/{name}", User(name, name), "a/x/1"), 100.1)
        roster.apply(Profile(replace(zoe, visibility="everyone", revision=2)), 101.0)
        orders.append([person["name"] for person in roster.publish("a/x")["joins"]])
    assert orders[0] == orders[1]
    assert orders[0][-1] == "Zoe"


def test_a_user_who_comes_back_has_no_place_kept_in_the_order():
    roster = Roster(KEYS, "epoch")
    for number, name in enumerate(("Bob", "Ada", "Cy")):
        roster.apply(Enter(f"n/{name}", User(name, name, alias="1", revision=1), "a/x/1"), 100.0 + number)
    roster.publish("a/x")
    hidden = User("Ada", "Ada", visibility="hidden", alias="2", revision=2)
    roster.apply(Profile(hidden), 200.0)
    roster.apply(Profile(replace(hidden, visibility="everyone", revision=3)), 201.0)
    roster.publish("a/x")
    assert [person["name"] for person in roster.topic("a/x").state()["people"]] == ["Bob", "Cy", "Ada"]


def apply(recorder, roster, change, at):
    recorder.before(change, at)
    roster.apply(change, at)
    recorder.after(change, at)


def test_a_new_recording_does_not_tell_who_was_here_unseen():
    recordings = []
    for unseen_before in (True, False):
        roster, written = Roster(KEYS, "epoch"), []
        recorder = Recorder(roster, KEYS, lambda change, _at, to=written: to.append(change), lambda: b"s")
        zoe = User("z", "Zoe", alias="1", revision=2)
        if unseen_before:
            apply(recorder, roster, Enter("n/z", replace(zoe, visibility="hidden", revision=1), "a/x/1"), 10.0)
        apply(recorder, roster, Enter("n/b", User("b", "Bob"), "a/x/1"), 50.0)
        apply(recorder, roster, Profile(zoe) if unseen_before else Enter("n/z", zoe, "a/x/1"), 100.0)
        written.clear()
        recorder.rotate(200.0)
        recordings.append(written)
    assert recordings[0] == recordings[1]


def test_a_hidden_arrival_does_not_part_what_others_are_told_at_once(site):
    """Holds for several changes that are read from the log together."""
    told = []
    for hidden in (False, True):
        watcher, place = site.tab("ada", site.lessons[0]), site.lessons[0]
        hedy = site.tab("hedy") if hidden else None
        site.advance(5)
        watcher.frames()
        moment = site.presence.log.now()
        site.presence.node.apply(Enter("n2/b", User("901", "Bob"), place), moment)
        if hidden:
            (socket,) = (s for s in site.presence.node.hub if s.user.visibility == "hidden")
            socket.place = place
            site.presence.node.apply(Enter(site.presence.node.connection_id(socket.sid), socket.user, place), moment)
        site.presence.node.apply(Enter("n2/c", User("902", "Cy"), place), moment)
        site.presence.node.publish_now()
        site.advance(TICK_SECONDS)
        diffs = [payload for _, payload in watcher.frames() if payload.get("joins")]
        told.append([[person["name"] for person in diff["joins"]] for diff in diffs])
        for connection in ("n2/b", "n2/c"):
            site.presence.node.apply(Leave(connection, grace=False), moment)
        watcher.close()
        if hedy:
            hedy.close()
        site.advance(10)
    assert told[0] == told[1]
    assert len(told[0]) == 3


def test_a_hidden_watcher_does_not_change_when_others_are_told(site):
    polls = []
    for hidden in (False, True):
        place = site.lessons[0]
        tabs = [site.tab(name, place) for name in ("ada", "grace", "alan")]
        hedy = site.tab("hedy", place) if hidden else None
        katherine = site.browser("katherine")
        site.advance(5)
        for tab in tabs:
            tab.drop_connection()
            site.clock.advance(0.02)
        began = katherine.get(f"/presence?place={place}").json["states"][-1]["seq"]
        found = []
        for seconds in (3.95, 0.02, 0.02, 0.02, 1):
            site.advance(seconds)
            state = katherine.get(f"/presence?place={place}").json["states"][-1]
            found.append((state["seq"] - began, state["total"]))
        polls.append(found)
        if hedy:
            hedy.close()
            site.advance(10)
    assert polls[0] == polls[1]


def test_an_enter_that_waits_during_a_sign_out_brings_no_one_back(site):
    watcher = site.tab("grace", site.lessons[0])
    browser = site.browser("ada")
    site.tab(browser, site.lessons[0])
    site.advance(5)
    watcher.frames()
    (socket,) = (socket for socket in site.presence.node.hub if socket.user.name == "Ada")
    dispatcher = site.presence.node.dispatcher
    disconnect = dispatcher.disconnect_signed_out

    def late():
        # It had passed the rate limit before the sign-out took effect.
        if socket.signed_out:
            dispatcher.disconnect_signed_out = disconnect
            site.presence.channel.enter(socket, site.lessons[1])
        disconnect()

    dispatcher.disconnect_signed_out = late
    site.sign_out(browser)
    site.advance(1)
    names = {p["name"] for _, d in watcher.frames() for p in (*d.get("joins", ()), *d.get("updates", ()))}
    assert "Ada" not in names


def test_a_picture_does_not_tell_when_its_owner_was_here(site):
    hedy, out = site.browser("hedy"), io.BytesIO()
    Image.new("RGB", (9, 9), "red").save(out, "PNG")
    post(hedy, "/account", form="profile", name="Hedy", avatar=(io.BytesIO(out.getvalue()), "me.png"))
    site.choose_visibility(hedy, "everyone")
    with site.app.app_context():
        picture = find("hedy").avatar
    answer = site.browser("grace").get(picture)
    assert answer.status_code == 200
    assert answer.last_modified.timestamp() == 0
    assert answer.get_etag()[0] == picture.rsplit("/", 1)[1]


def test_another_alias_comes_with_every_way_out_of_sight(site):
    aliases = []
    with site.app.app_context():
        tim = find("tim")
        for visibility in ("anonymous", "hidden", "anonymous", "everyone", "hidden"):
            tim.set_visibility(visibility)
            aliases.append(tim.alias)
    assert aliases[2] == aliases[3]
    assert len(set(aliases)) == 4


def test_a_statement_that_fails_tells_the_log_no_name_and_no_token(site, caplog):
    caplog.set_level(logging.INFO)
    site.app.config["PROPAGATE_EXCEPTIONS"] = False
    site.app.testing = False
    ada = site.browser("ada")
    with site.app.app_context():
        db.session.execute(
            db.text("CREATE TRIGGER full BEFORE UPDATE ON users BEGIN SELECT RAISE(ABORT, 'disk full'); END")
        )
        db.session.commit()
    assert post(ada, "/account", form="profile", name="Ada Lovelace").status_code == 500
    with site.app.app_context():
        db.session.execute(db.text("ALTER TABLE user_sessions RENAME COLUMN created_at TO gone"))
        db.session.commit()
    ada.get("/account")
    assert "disk full" in caplog.text
    for secret in ("Lovelace", "parameters: ("):
        assert secret not in caplog.text
