"""The order of a fair queue, and the entry that has to go when it is full."""

from server.fair_queue import FairQueue


def filled(limit=10, **lines):
    queue = FairQueue(limit)
    for key, items in lines.items():
        for item in items:
            queue.push(key, f"{key}{item}")
    return queue


def test_the_keys_take_turns_and_each_is_served_in_order():
    queue = filled(a="123", b="1", c="12")
    assert [queue.pop() for _ in range(6)] == ["a1", "b1", "c1", "a2", "c2", "a3"]
    assert queue.pop() is None
    assert len(queue) == 0


def test_a_newcomer_waits_for_one_item_of_each_other_key_at_most():
    queue = filled(limit=1000, a=range(500))
    queue.push("b", "b1")
    assert "b1" in [queue.pop(), queue.pop()]


def test_a_full_queue_drops_the_newest_of_the_longest_line():
    queue = filled(limit=4, a="123", b="1")
    assert queue.push("b", "b2") == "a3"
    assert queue.push("b", "b3") == "b3"
    assert len(queue) == 4


def test_a_key_that_may_not_go_is_passed_over_and_keeps_its_place():
    queue = filled(a="1", b="1", c="1")
    assert queue.pop(lambda key: key != "a") == "b1"
    assert [queue.pop(), queue.pop()] == ["a1", "c1"]
    assert filled(a="1").pop(lambda key: False) is None


def test_an_overdue_item_is_found_in_any_line():
    queue = filled(a="9", b="19")
    assert queue.overdue(lambda item: item.endswith("1")) == "b1"
    assert queue.overdue(lambda item: item.endswith("1")) is None
