import gc
import weakref

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presence.transport import frames, strict_json

texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
)


@given(values)
def test_what_is_written_can_be_read(value):
    assert strict_json.loads(strict_json.dumps(value)) == value


@pytest.mark.parametrize(
    "text", ["NaN", "[Infinity]", '{"a":-Infinity}', "1e999", "-1e999", '"\\ud800"', "[" * 100_000, "{", "", "'a'"]
)
def test_what_a_browser_would_not_read_is_an_error(text):
    with pytest.raises(ValueError, match="."):
        strict_json.loads(text)


@pytest.mark.parametrize("value", [float("nan"), [float("inf")], {"a": float("-inf")}])
def test_what_a_browser_would_not_read_is_not_written(value):
    with pytest.raises(ValueError, match="JSON"):
        strict_json.dumps(value)


def test_a_frame_is_a_socketio_event():
    assert frames.Frame("signed_out", {"reason": "é"}).encode() == '42["signed_out",{"reason":"é"}]'


def test_a_frame_without_references_is_gone_at_once():
    frame = frames.Frame("presence_state", {"topic": "a"})
    assert frame.packets == (frame,)
    gc.disable()
    try:
        held = weakref.ref(frame)
        del frame
        assert held() is None
    finally:
        gc.enable()
