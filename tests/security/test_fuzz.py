"""A fuzzer over everything that reads what strangers send. About a minute; FUZZ multiplies how much it tries.

The event handlers get any JSON as event, payload and raw packet, while two people beside them must get nothing but
frames of the contract; the readers may refuse with ValueError and with nothing else. The roster is tried in any order
of changes by test_out_of_sight.py and tests/presence/test_roster.py.
"""

import json
import os
from io import BytesIO

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image

from accounts import image_upload, name_rules, safe_redirect
from presence.transport import strict_json
from tests.helpers.app import Site

TIMES = float(os.environ.get("FUZZ", "1"))
ANSWERS = ({"ok": True}, {"ok": True, "new": False})
"""Of an event that was taken; the second is that of a `resync` that has nothing new to send."""
FRAMES = {"presence_state", "presence_diff"}
PARTS = {"topic", "epoch", "seq", "people", "joins", "updates", "leaves", "counts", "total"}

odd = st.sampled_from(
    [
        "",
        "__proto__",
        "constructor",
        "../..",
        "a/b/c",
        "a//b",
        "/",
        "\x00",
        "\u202e",
        "𝕏" * 50,
        "presence:",
        "web/rooms/join",
        "web",
        "active",
        "away",
        "connect",
        "disconnect",
        "enter",
        "activity",
        "resync",
        "%2e%2e",
    ]
)
texts = odd | st.text(max_size=60)
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4), max_leaves=12
)
payloads = st.fixed_dictionaries({}, optional={"place": values, "status": values, "topic": values}) | values
events = st.sampled_from(["enter", "activity", "resync", "connect", "disconnect"]) | texts
packets = (
    st.text(max_size=80)
    | st.builds("4{}".format, st.text(alphabet='0123456789-/,[]{}":enter ', max_size=60))
    | st.builds(
        "{}{}".format, st.sampled_from(["0", "1", "2", "21", "3", "40", "41/x,", "5", "51-"]), st.text(max_size=60)
    )
    | st.builds(lambda event, payload: "21" + json.dumps([event, payload]), events, payloads)
    | st.binary(max_size=60)
)


def many(count):
    quiet = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(max_examples=max(1, round(count * TIMES)), deadline=None, suppress_health_check=quiet)


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """A site with two people on a lesson, and one who sends anything."""
    site = Site(tmp_path_factory.mktemp("fuzz"))
    site.pair = [site.tab(name, site.lessons[0]) for name in ("ada", "grace")]
    site.browser_of_mallory = site.browser("dennis")
    site.mallory = site.tab(site.browser_of_mallory, site.lessons[0])
    return site


def after_each(site, caplog):
    """Mallory's limits are not what is tried; the pair gets frames of the contract, and nothing went wrong inside."""
    site.advance(1)
    for tab in site.pair:
        assert tab.connected
        for event, payload in tab.frames():
            assert event in FRAMES
            assert payload.keys() <= PARTS
            assert json.loads(strict_json.dumps(payload)) == payload
    assert site.presence.roster.topic("").total in (2, 3)
    assert not [record for record in caplog.records if record.exc_info]
    if not site.mallory.connected:
        site.mallory = site.tab(site.browser_of_mallory, site.lessons[0])
    site.mallory.frames()


@many(400)
@given(event=events, arguments=st.lists(payloads, max_size=3))
@example(event="resync", arguments=[{"place": None, "topic": ""}])
def test_any_event_is_answered(crowd, caplog, event, arguments):
    answer = crowd.mallory.emit(event, *arguments)
    if isinstance(answer, dict):
        assert answer in ANSWERS or (answer["ok"] is False and answer["error"].endswith("."))
    after_each(crowd, caplog)


@many(400)
@given(packet=packets)
@example(packet='2["enter",{"place":"\\ud800"}]')
@example(packet="2[" * 1000)
@example(packet="51-[{}]")
@example(packet="2/,[]")
def test_any_packet_leaves_the_others_alone(crowd, caplog, packet):
    server, engine_sid = crowd.socketio.server, crowd.mallory.socket.eio_sid
    server.eio.handlers["message"](engine_sid, packet)
    if not server.manager.sid_from_eio_sid(engine_sid, "/"):
        crowd.mallory = crowd.tab(crowd.browser_of_mallory, crowd.lessons[0])
    after_each(crowd, caplog)


@many(1500)
@given(text=st.text() | st.binary() | st.builds(json.dumps, values))
@example(text='{"a":NaN}')
@example(text='"\\ud800"')
@example(text="[" * 100_000)
def test_json_is_read_or_refused(text):
    try:
        value = strict_json.loads(text)
    except ValueError:
        return
    assert json.dumps(value, allow_nan=False).encode()
    json.dumps(value, ensure_ascii=False).encode()


@many(1500)
@given(text=st.text())
def test_a_name_is_made_clean_or_refused(text):
    if name := or_sentence(name_rules.display_name, text):
        assert name_rules.display_name(name) == name
        assert name.encode()
        assert "\n" not in name


@many(1500)
@given(path=st.text(alphabet="/\\.:@?#%ahtps \t\n\r\0", max_size=30) | st.text())
def test_a_sign_in_never_leads_elsewhere(path):
    leads = safe_redirect.safe_path(path)
    assert leads.startswith("/")
    assert not leads.startswith(("//", "/\\"))
    assert not set(leads) & set("\\\t\r\n\0")


def pictures_of(kind):
    out = BytesIO()
    Image.effect_noise((40, 30), 60).save(out, kind)
    return out.getvalue()


GOOD = [pictures_of(kind) for kind in image_upload.FORMATS]


@many(400)
@given(data=st.sampled_from(GOOD), changes=st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 255)), max_size=8))
def test_a_broken_picture_is_refused_and_nothing_worse(data, changes):
    broken = bytearray(data)
    for at, byte in changes:
        broken[at % len(broken)] = byte
    if out := or_sentence(image_upload.square, bytes(broken)):
        assert Image.open(BytesIO(out)).size == (image_upload.SIDE, image_upload.SIDE)


def or_sentence(read, data):
    """The result of a reader for some data; None when it refuses, which it does with a sentence."""
    try:
        return read(data)
    except ValueError as error:
        sentence = str(error)
    assert sentence.endswith(".")
    return None
