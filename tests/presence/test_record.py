"""Changes survive the way through text, and texts of another version are read as far as they are known."""

import json

import pytest

from presence.core.change_json import decode, encode
from presence.core.changes import Activity, Enter, Leave, NodeDown, Profile, SignOut
from presence.core.people import User

ADA = User("1", 'Ada "\U0001f600" Ä', "/a.svg", "learner", "hidden", "alias", "session", 7)


@pytest.mark.parametrize(
    "change",
    [
        Enter("n/1", ADA, "a/x/1", 1000.25, "away"),
        Leave("n/1", grace=False),
        Activity("n/1", "away"),
        Profile(ADA),
        SignOut("1", None, "kept", "You changed your password."),
        NodeDown("n"),
    ],
)
def test_a_change_is_the_same_after_the_way_through_text(change):
    assert decode(encode(change)) == change


SOUND = {"kind": "enter", "connection": "n/1", "user": {"id": "1", "name": "Ada"}, "place": "a/x/1", "since": 5.0}


@pytest.mark.parametrize(
    "wrong",
    [
        {"since": 1e300},
        {"since": float("nan")},
        {"since": "long ago"},
        {"says": "a saying that is none"},
        {"status": "dancing"},
        {"place": 7},
        {"connection": None},
        {"user": "1"},
        {"user": {"id": "1"}},
        {"user": {"id": "1", "name": "Ada", "visibility": "some"}},
        {"user": {"id": "1", "name": "Ada", "revision": "new"}},
        {"kind": ["enter"]},
        {"place": "a/x/\ud800"},
        {"user": {"id": "1", "name": "\udfff"}},
        {"since": 10**400},
    ],
)
def test_what_is_no_change_is_a_value_error_before_it_comes_near_a_roster(wrong):
    assert decode(json.dumps(SOUND)) == Enter("n/1", User("1", "Ada"), "a/x/1", 5.0)
    with pytest.raises(ValueError, match="."):
        decode(json.dumps(SOUND | wrong))


@pytest.mark.parametrize(
    "text", ["", "[]", "7", "null", "{}", '{"kind":"enter"}', "{", '{"kind":"leave"}', "[" * 100_000]
)
def test_a_text_that_is_no_object_of_a_change_is_a_value_error(text):
    with pytest.raises(ValueError, match="."):
        decode(text)


def test_a_pair_of_surrogates_is_one_letter():
    assert decode(json.dumps(SOUND | {"place": "a/x/\U0001f642"})).place == "a/x/\U0001f642"


def test_another_version_is_read_as_far_as_it_is_known():
    assert decode('{"kind":"wave","connection":"n/1"}') is None
    newer = json.loads(encode(Leave("n/1"))) | {"why": "tired"}
    assert decode(json.dumps(newer)) == Leave("n/1")
    older = json.loads(encode(Profile(ADA)))
    del older["user"]["revision"]
    assert decode(json.dumps(older)).user.revision == 0
