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


def test_another_version_is_read_as_far_as_it_is_known():
    assert decode('{"kind":"wave","connection":"n/1"}') is None
    newer = json.loads(encode(Leave("n/1"))) | {"why": "tired"}
    assert decode(json.dumps(newer)) == Leave("n/1")
    older = json.loads(encode(Profile(ADA)))
    del older["user"]["revision"]
    assert decode(json.dumps(older)).user.revision == 0
