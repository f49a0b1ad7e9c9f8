"""The wire contract, over the Socket.IO test client."""

import re

import pytest
from flask import Flask
from flask_socketio import SocketIO
from sqlalchemy.exc import OperationalError

from presence.delivery.schedule import TICK_SECONDS
from presence.delivery.ticker import Ticker
from presence.transport.rate_limit import CONNECTIONS_OF_ONE_USER
from tests.helpers.app import Site
from tests.helpers.clients import post

STATE = {"topic", "epoch", "seq", "people", "counts", "total"}
PERSON = {"key", "name", "avatar", "role", "places", "status", "since"}


def states(tab):
    return {payload["topic"]: payload for name, payload in tab.frames() if name == "presence_state"}


def diffs(tab):
    return [payload for name, payload in tab.frames() if name == "presence_diff"]


def test_entering_a_lesson_gives_the_states_of_its_three_topics(site):
    lesson = site.lessons[0]
    course, section = lesson.split("/")[0], lesson.rsplit("/", 1)[0]
    ada = site.tab("ada", lesson)
    seen = states(ada)
    assert list(seen) == ["", course, section]
    assert all(set(state) == STATE for state in seen.values())
    person = seen[section]["people"][0]
    assert set(person) == PERSON
    assert (person["name"], person["places"], person["status"]) == ("Ada", [lesson], "active")
    assert seen[section]["counts"] == {lesson.split("/")[2]: 1}
    assert seen[""]["total"] == 1


@pytest.mark.parametrize(("depth", "topics"), [(0, 1), (1, 2), (2, 3)])
def test_courses_sections_and_the_catalog_are_places_too(site, depth, topics):
    place = "/".join(site.lessons[0].split("/")[:depth])
    assert len(states(site.tab("ada", place))) == topics


def test_the_first_change_of_a_quiet_topic_is_told_at_once(site):
    ada = site.tab("ada", site.lessons[0])
    site.advance(1)
    ada.frames()
    site.tab("grace", site.lessons[0])
    assert [person["name"] for diff in diffs(ada) for person in diff["joins"]] == ["Grace"] * 3


def test_what_follows_waits_for_the_tick_and_is_told_once(site):
    ada, grace = site.tab("ada", site.lessons[0]), site.tab("grace", site.lessons[0])
    site.advance(1)
    ada.frames()
    for lesson in (1, 2, 1, 2):
        grace.emit("enter", {"place": site.lessons[lesson]})
    assert [diff["updates"][0]["places"] for diff in diffs(ada)] == [[site.lessons[1]]] * 3
    site.advance(TICK_SECONDS)
    assert [diff["updates"][0]["places"] for diff in diffs(ada)] == [[site.lessons[2]]] * 3


def test_a_joiner_gets_a_state_that_the_next_diff_fits(site):
    site.tab("ada", site.lessons[0])
    grace = site.tab("grace", site.lessons[0])
    seq = {topic: state["seq"] for topic, state in states(grace).items()}
    site.advance(1)
    for diff in diffs(grace):
        seq[diff["topic"]] += 1
        assert diff["seq"] == seq[diff["topic"]]


def test_moving_within_a_section_gives_no_new_state(site):
    ada = site.tab("ada", site.lessons[0])
    ada.frames()
    ada.emit("enter", {"place": site.lessons[1]})
    assert not states(ada)


def test_two_tabs_are_one_person_at_two_places(site):
    browser = site.browser("ada")
    site.tab(browser, site.lessons[0])
    second = site.tab(browser, site.lessons[1])
    site.advance(1)
    state = site.presence.states(site.lessons[0])[-1]
    assert [person["places"] for person in state["people"]] == [sorted(site.lessons[:2])]
    assert state["total"] == 1
    second.close()
    site.advance(5)
    assert [p["places"] for p in site.presence.states(site.lessons[0])[-1]["people"]] == [[site.lessons[0]]]


def test_a_person_is_active_while_any_tab_is(site):
    browser = site.browser("ada")
    first, second = site.tab(browser, site.lessons[0]), site.tab(browser, site.lessons[0])
    for tab, status in ((first, "active"), (second, "away")):
        assert tab.emit("activity", {"status": "away"}) == {"ok": True}
        site.advance(1)
        assert site.presence.states("")[0]["people"][0]["status"] == status


@pytest.mark.parametrize("way", ["close", "drop_connection"])
def test_a_page_that_closes_is_kept_for_the_grace(site, way):
    ada, grace = site.tab("ada", site.lessons[0]), site.tab("grace", site.lessons[0])
    site.advance(1)
    ada.frames()
    getattr(grace, way)()
    site.advance(3.9)
    assert not diffs(ada)
    site.advance(0.2)
    assert {len(diff["leaves"]) for diff in diffs(ada)} == {1}


def test_a_reload_within_the_grace_is_seen_by_no_one(site):
    ada, browser = site.tab("ada", site.lessons[0]), site.browser("grace")
    grace = site.tab(browser, site.lessons[0])
    site.advance(1)
    ada.frames()
    grace.close()
    site.advance(2)
    site.tab(browser, site.lessons[0])
    site.advance(10)
    assert not ada.frames()


def test_resync_gives_the_state_again(site):
    ada = site.tab("ada", site.lessons[0])
    before = states(ada)
    assert ada.emit("resync", {"topic": ""}) == {"ok": True}
    assert states(ada) == {"": before[""]}


def test_a_state_that_the_page_has_is_not_sent_again(site):
    ada = site.tab("ada", site.lessons[0])
    state = states(ada)[""]
    ada.frames()
    known = {"topic": "", "epoch": state["epoch"], "seq": state["seq"]}
    assert ada.emit("resync", known) == {"ok": True, "new": False}
    assert ada.emit("resync", {"topic": ""}) == {"ok": True}
    assert states(ada) == {"": state}
    assert ada.emit("resync", {"topic": ""}) == {"ok": True, "new": False}
    assert not ada.frames()
    site.tab("grace", site.lessons[0])
    site.advance(1)
    ada.frames()
    assert ada.emit("resync", known) == {"ok": True}
    assert states(ada)[""]["total"] == 2


def test_states_are_not_sent_again_more_often_than_a_page_needs(site):
    ada, grace = site.tab("ada", site.lessons[0]), site.tab("grace", site.lessons[0])
    answers, sent = [], 0
    ada.frames()
    for turn in range(200):
        site.advance(0.1)
        grace.emit("activity", {"status": ("away", "active")[turn % 2]})
        answers.append(ada.emit("resync", {"topic": ""}))
        sent += len(states(ada))
    assert answers[0] == {"ok": True}
    assert {"ok": False, "error": "Too many resyncs: at most 6 at once, and one in 2 seconds."} in answers
    assert 6 <= sent <= 6 + 200 * 0.1 / 2
    site.advance(5)
    assert ada.emit("resync", {"topic": ""}) == {"ok": True}


def test_keys_are_opaque_and_the_same_after_a_return(site, tmp_path):
    ada = site.tab("ada", "")
    key = states(ada)[""]["people"][0]["key"]
    ada.close()
    site.advance(10)
    assert states(site.tab("ada", ""))[""]["people"][0]["key"] == key
    assert re.fullmatch(r"[0-9a-f]{20}", key)
    elsewhere = Site(tmp_path / "elsewhere", SECRET_KEY="another site's secret")
    assert states(elsewhere.tab("ada", ""))[""]["people"][0]["key"] != key


def test_a_guest_is_refused(site):
    assert not site.tab(site.browser()).connected


def test_a_refusal_says_login_required(site):
    sent = []
    refused = site.tab(site.browser())
    server = site.socketio.server
    send, server._send_packet = server._send_packet, lambda _sid, packet: sent.append(packet.data)
    server._handle_eio_message(refused.socket.eio_sid, "0")
    server._send_packet = send
    assert sent == [{"message": "login required"}]


def test_an_error_that_the_site_explains_is_answered_with_its_sentence_and_one_line(site, caplog, monkeypatch):
    ada = site.tab("ada", site.lessons[0])

    def fail(_path):
        raise OperationalError("insert secret", {}, Exception("disk is full"))

    monkeypatch.setattr(site.presence.channel, "locate", fail)
    sentence = "The database does not answer right now. Please try again in a moment."
    assert ada.emit("enter", {"place": site.lessons[1]}) == {"ok": False, "error": sentence}
    assert [record.getMessage() for record in caplog.records] == [
        "An event could not be handled: (builtins.Exception) disk is full"
    ]
    assert not caplog.records[0].exc_info


def test_a_bug_in_a_handler_is_answered_and_logged_and_the_server_goes_on(site, caplog):
    ada = site.tab("ada", site.lessons[0])
    site.presence.channel.locate = lambda path: 1 / 0
    answer = ada.emit("enter", {"place": site.lessons[1]})
    assert answer == {"ok": False, "error": "Something broke on our side. Try again."}
    assert "ZeroDivisionError" in caplog.text
    assert ada.emit("activity", {"status": "away"}) == {"ok": True}


def test_a_tick_that_fails_is_logged_and_the_next_one_comes(caplog):
    done = []

    def tick():
        done.append(1)
        if len(done) == 1:
            raise ZeroDivisionError

    server = SocketIO(Flask("test"), async_mode="threading").server
    ticker = Ticker(server, tick, lambda: 0.0 if len(done) < 3 else None, lambda: 1.0)
    ticker._run()
    assert len(done) == 3
    assert "A tick failed." in caplog.text
    assert not ticker._running


def test_a_forged_session_cookie_is_refused(site):
    browser = site.app.test_client()
    browser.set_cookie("session", "eyJfdXNlcl9pZCI6IjEifQ.aaaaaa.forged")
    assert not site.tab(browser).connected


def test_a_user_has_at_most_twenty_sockets(site):
    browser = site.browser("ada")
    tabs = [site.tab(browser) for _ in range(CONNECTIONS_OF_ONE_USER + 1)]
    assert [tab.connected for tab in tabs] == [True] * CONNECTIONS_OF_ONE_USER + [False]


BAD = [
    ("enter", ({"place": "web/nowhere/at-all"},), "No lesson at 'web/nowhere/at-all'."),
    ("enter", ({"place": "../../etc/passwd"},), "No lesson at '../../etc/passwd'."),
    ("enter", ({"place": 7},), "The payload needs a text 'place'."),
    ("enter", ({},), "The payload needs a text 'place'."),
    ("enter", (), "The payload of enter is one object."),
    ("enter", ("a text",), "The payload of enter is one object."),
    ("enter", ([1, 2],), "The payload of enter is one object."),
    ("enter", (None,), "The payload of enter is one object."),
    ("enter", ({"place": ""}, {"place": ""}), "The payload of enter is one object."),
    ("activity", ({"status": "busy"},), "A status is active or away, not 'busy'."),
    ("activity", ({"status": True},), "The payload needs a text 'status'."),
    ("resync", ({"topic": "not/mine"},), "You are not in the topic 'not/mine'."),
    ("resync", ({"topic": "__proto__"},), "You are not in the topic '__proto__'."),
    ("dance", ({},), "There is no event 'dance'."),
    ("connect", (), "There is no event 'connect'."),
    ("disconnect", (), "There is no event 'disconnect'."),
    ("*", ({},), "There is no event '*'."),
]


@pytest.mark.parametrize(("event", "payload", "error"), BAD)
def test_bad_input_is_answered_and_no_one_else_notices(site, event, payload, error):
    ada, mallory = site.tab("ada", site.lessons[0]), site.tab("grace", site.lessons[0])
    site.advance(1)
    ada.frames()
    assert mallory.emit(event, *payload) == {"ok": False, "error": error}
    site.advance(5)
    assert not ada.frames()
    assert mallory.connected
    assert mallory.emit("enter", {"place": site.lessons[1]}) == {"ok": True}


@pytest.mark.parametrize("event", ["*", "connect", "disconnect", "connect_error"])
def test_a_reserved_event_cannot_be_aimed_at_another_socket_and_counts_like_any_other(site, event, caplog):
    ada, mallory = site.tab("ada", site.lessons[0]), site.tab("grace", site.lessons[0])
    victim = site.socketio.server.manager.sid_from_eio_sid(ada.socket.eio_sid, "/")
    answers = [mallory.emit(event, victim, victim) for _ in range(25)]
    assert answers[0] == {"ok": False, "error": f"There is no event {event!r}."}
    assert answers[-1] == {"ok": False, "error": "Too many events: at most 20 in a second."}
    assert ada.emit("enter", {"place": site.lessons[1]}) == {"ok": True}
    assert not caplog.records


def test_identity_in_a_payload_changes_nothing(site):
    ada, mallory = site.tab("ada", ""), site.tab("grace")
    site.advance(1)
    ada.frames()
    mallory.emit("enter", {"place": "", "user": "ada", "id": 1, "name": "Ada", "key": "x", "visibility": "hidden"})
    assert [person["name"] for diff in diffs(ada) for person in diff["joins"]] == ["Grace"]


def test_more_than_twenty_events_in_a_second_are_refused_and_more_than_a_hundred_hung_up(site):
    ada, mallory = site.tab("ada", site.lessons[0]), site.tab("grace", site.lessons[0])
    site.advance(2)
    ada.frames()
    answers = [mallory.emit("enter", {"place": site.lessons[n % 2]}) for n in range(100)]
    assert [answer["ok"] for answer in answers] == [True] * 20 + [False] * 80
    assert answers[-1]["error"] == "Too many events: at most 20 in a second."
    assert mallory.connected
    mallory.emit("enter", {"place": site.lessons[0]})
    assert not mallory.connected
    site.advance(1)
    assert 1 <= len(diffs(ada)) <= 6
    site.advance(5)
    assert {len(diff["leaves"]) for diff in diffs(ada)} == {1}


def test_sign_out_hangs_up_the_sockets_of_that_session_at_once(site):
    phone, laptop = site.browser("ada"), site.browser("ada")
    here, there = site.tab(phone, site.lessons[0]), site.tab(laptop, site.lessons[1])
    grace = site.tab("grace", site.lessons[0])
    site.advance(1)
    here.frames(), grace.frames()
    site.sign_out(phone)
    assert here.frames()[-1] == ("signed_out", {"reason": "You signed out."})
    assert not here.connected
    assert there.connected
    site.advance(TICK_SECONDS)
    assert diffs(grace)[-1]["updates"][0]["places"] == [site.lessons[1]]
    assert not site.tab(phone).connected


def test_sign_out_of_the_only_session_knows_no_grace(site):
    ada, grace = site.browser("ada"), site.tab("grace", site.lessons[0])
    site.tab(ada, site.lessons[0])
    site.advance(1)
    grace.frames()
    site.sign_out(ada)
    site.advance(TICK_SECONDS)
    assert {len(diff["leaves"]) for diff in diffs(grace)} == {1}


@pytest.mark.parametrize(("visibility", "total"), [("anonymous", 2), ("hidden", 1)])
def test_a_visibility_works_at_once_in_all_tabs_and_on_all_screens(site, visibility, total):
    ada = site.browser("ada")
    tabs = [site.tab(ada, site.lessons[0]), site.tab(ada, site.lessons[1])]
    grace = site.tab("grace", site.lessons[0])
    site.advance(1)
    grace.frames()
    site.choose_visibility(ada, visibility)
    site.advance(TICK_SECONDS)
    seen = diffs(grace)
    assert {len(diff["leaves"]) for diff in seen} == {1}
    assert {diff["total"] for diff in seen} == {total}
    for tab in tabs:
        assert tab.emit("enter", {"place": site.lessons[2]}) == {"ok": True}
        site.advance(1)
    assert "Ada" not in str(grace.frames())
    assert "Ada" not in str(states(site.tab("alan", site.lessons[2])))


def test_the_key_changes_on_the_way_out_of_sight(site):
    ada = site.browser("ada")
    tab = site.tab(ada, "")
    key = states(tab)[""]["people"][0]["key"]
    site.choose_visibility(ada, "hidden")
    site.choose_visibility(ada, "everyone")
    tab.emit("resync", {"topic": ""})
    assert [person["key"] for person in states(tab)[""]["people"]] != [key]


def test_a_changed_name_is_an_update_and_not_a_leave_and_a_join(site):
    ada, grace = site.browser("ada"), site.tab("grace", "")
    site.tab(ada, "")
    site.advance(1)
    grace.frames()
    post(ada, "/account", form="profile", name="Countess Ada")
    (diff,) = diffs(grace)
    assert diff["updates"][0]["name"] == "Countess Ada"
    assert not diff.keys() & {"joins", "leaves"}


def test_a_hidden_person_comes_and_goes_without_a_trace(site):
    grace = site.tab("grace", site.lessons[0])
    site.advance(1)
    grace.frames()
    before = site.presence.states(site.lessons[0])
    hedy = site.tab("hedy", site.lessons[0])
    assert states(hedy)[""]["total"] == 1
    hedy.emit("enter", {"place": site.lessons[1]})
    hedy.close()
    site.advance(5)
    assert not grace.frames()
    assert site.presence.states(site.lessons[0]) == before


def test_an_anonymous_person_is_a_number_and_nothing_else(site):
    grace = site.tab("grace", site.lessons[0])
    site.advance(1)
    grace.frames()
    site.tab("tim", site.lessons[0])
    seen = diffs(grace)
    assert [set(diff) for diff in seen] == [{"topic", "epoch", "seq", "counts", "total"}] * 3
    assert {diff["total"] for diff in seen} == {2}


def test_after_everyone_has_left_nothing_is_kept(site):
    for turn in range(3):
        tabs = [site.tab(name, site.lessons[turn]) for name in ("ada", "grace", "tim", "hedy")]
        for tab in tabs:
            tab.emit("enter", {"place": site.lessons[turn + 1]})
            tab.close() if turn % 2 else tab.drop_connection()
        site.advance(5)
        site.advance(1)
    presence = site.presence
    kept = (
        presence.roster.connections,
        presence.roster.members,
        presence.roster.topics,
        presence.roster.changed,
        presence.node.hub._by_sid,
        presence.node.hub._of_user,
        presence.node.broadcast._states,
        presence.node.broadcast._schedule,
        *(queue._waiting for queue in presence.node.broadcast.queues),
    )
    assert not any(kept), kept


def test_a_connection_without_a_socket_is_swept(site):
    ada, grace = site.tab("ada", site.lessons[0]), site.tab("grace", site.lessons[0])
    site.presence.node.hub.remove(site.socketio.server.manager.sid_from_eio_sid(ada.socket.eio_sid, "/"))
    grace.frames()
    site.advance(11)
    site.advance(5)
    assert diffs(grace)[-1]["total"] == 1
    assert site.presence.node.housekeeping.ghosts_removed == 1


def test_who_is_away_before_they_enter_is_away_when_they_have(site):
    tab = site.tab("ada")
    assert tab.emit("activity", {"status": "away"}) == {"ok": True}
    tab.emit("enter", {"place": site.lessons[0]})
    assert site.presence.states("")[0]["people"][0]["status"] == "away"
    tab.emit("activity", {"status": "active"})
    tab.emit("enter", {"place": site.lessons[1]})
    site.advance(1)
    assert site.presence.states("")[0]["people"][0]["status"] == "active"


def test_only_a_users_own_pages_are_told_who_sees_them_now(site):
    ada, phone, grace = site.browser("ada"), site.browser("ada"), site.tab("grace", site.lessons[0])
    tabs = [site.tab(ada, site.lessons[0]), site.tab(phone)]
    (key,) = {p["key"] for p in site.presence.states("")[0]["people"] if p["name"] == "Ada"}
    for tab in (*tabs, grace):
        tab.frames()
    post(ada, "/account", form="profile", name="Lady Ada")
    site.advance(1)
    assert not [name for tab in tabs for name, _ in tab.frames() if name == "presence_me"]
    site.choose_visibility(ada, "hidden")
    for tab in tabs:
        ((name, payload),) = [frame for frame in tab.frames() if frame[0] == "presence_me"]
        assert payload["visibility"] == "hidden"
        assert payload["key"] != key
    assert not [name for name, _ in grace.frames() if name == "presence_me"]
