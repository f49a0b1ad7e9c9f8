"""The cells that a room has put: how long they live, whose they are, and how many fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presence.rooms.cells import AUDIENCE_BYTES, CELL_BYTES, CELLS, Cell, Cells, LimitExceeded, bounded, frozen


def cell(value, until=1000.0, **more):
    return Cell(value, until, **more)


def test_the_last_value_holds_and_none_deletes():
    cells = Cells()
    cells.put("", "a", cell(1))
    cells.put("", "a", cell(2))
    cells.put("teaching", "a", cell(3))
    assert (cells.values(""), cells.values("teaching"), len(list(cells))) == ({"a": 2}, {"a": 3}, 2)
    cells.put("", "a", None)
    cells.put("", "b", None)
    cells.put("teaching", "a", None)
    assert not cells


def test_a_cell_goes_at_its_time():
    cells = Cells()
    cells.put("", "a", cell(1, until=10.0))
    cells.put("x", "b", cell(2, until=20.0))
    assert cells.next_expiry() == 10.0
    assert cells.expire(9.9) == set()
    assert cells.expire(10.0) == {""}
    assert cells.expire(30.0) == {"x"}
    assert (cells.next_expiry(), bool(cells)) == (None, False)


def test_a_cell_goes_with_its_owner():
    cells = Cells()
    cells.put("", "said", cell(1, owner="7"))
    cells.put("", "lead", cell(2, owner="7", while_here=True))
    cells.put("x", "other", cell(3, owner="8", while_here=True))
    assert cells.leave("7") == {""}
    assert cells.values("") == {"said": 1}
    assert cells.hide("7") == {""}
    assert cells.values("x") == {"other": 3}


def test_of_a_family_the_newest_stay():
    cells = Cells()
    for number in range(5):
        cells.put("", f"said:{number}", cell(number, made=100.0 - number), keep=3)
        cells.put("", f"other:{number}", cell(number, made=number))
    assert set(cells.values("")) == {"said:0", "said:1", "said:2"} | {f"other:{number}" for number in range(5)}


def test_more_than_an_audience_holds_is_not_taken():
    cells = Cells()
    for number in range(CELLS):
        assert cells.put("", str(number), cell(number))
    assert not cells.put("", "one more", cell(1))
    assert cells.put("", "0", cell("changed"))
    assert cells.put("", "said:0", cell(1), keep=1) is False
    assert len(cells.values("")) == CELLS
    big = Cells()
    assert not all(big.put("", str(number), cell("x" * 2000)) for number in range(20))
    assert len(big.values("")) == AUDIENCE_BYTES // 2003


def test_what_replaces_a_cell_and_does_not_fit_leaves_the_old_one():
    cells = Cells()
    for number in range(16):
        cells.put("", str(number), cell("x" * 2000))
    cells.put("", "small", cell(1))
    assert not cells.put("", "small", cell("x" * 2000))
    assert cells.values("")["small"] == 1


@pytest.mark.parametrize(
    "value", ["x" * CELL_BYTES, float("nan"), float("inf"), {1, 2}, b"bytes", "\ud800", {"a": object()}]
)
def test_what_is_no_short_json_is_refused_with_a_sentence(value):
    with pytest.raises(LimitExceeded, match="cell"):
        frozen("cell", value)


def test_a_frozen_value_is_a_copy():
    value = {"list": [1, (2, 3)]}
    copy = frozen("cell", value)
    value["list"].append(4)
    assert copy == {"list": [1, [2, 3]]}


@given(st.dictionaries(st.text(max_size=10), st.text(max_size=1500), max_size=100))
def test_bounded_keeps_as_many_as_fit(values):
    kept = bounded(values)
    assert kept.items() <= values.items()
    assert len(kept) <= CELLS
    assert bounded(kept) == kept
