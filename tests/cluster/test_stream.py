"""The transactions on a real Redis, and what they cost it: commands a change, and memory that time does not add to."""

import base64
from dataclasses import replace

import pytest

from deploy.ports import free_port
from deploy.services import Redis
from presence.cluster.redis_stream import CONNECTIONS, KEPT_SECONDS, LOG, LONGEST, RedisStream
from presence.cluster.shared_log import Entry, Unreachable
from presence.core.changes import Enter, Leave
from presence.core.people import User

ADA = User("1", "Ada", revision=3)


@pytest.fixture(scope="module")
def redis(tmp_path_factory):
    redis = Redis(tmp_path_factory.mktemp("redis"))
    yield redis
    redis.stop()


@pytest.fixture
def stream(redis):
    stream = RedisStream(redis.url, "n")
    stream._redis.flushall()
    yield stream
    stream.end()


def coming(number: int) -> Entry:
    enter = Enter(f"n/{number}", ADA, "a/x/1", 1000.0, "active")
    return Entry(enter, enter)


def going(number: int) -> Entry:
    return Entry(Leave(f"n/{number}"), None, (f"n/{number}",))


def test_what_one_process_writes_another_one_begins_with_or_reads(redis, stream):
    begin = stream.begin()
    assert (begin.position, begin.live) == ("0-0", {})
    stream.write([coming(1), coming(2), going(1)])
    (_, at, first), *_, (last, _, left) = stream.read(begin.position, 10, 0.1)
    assert (first, left) == (coming(1).change, Leave("n/1"))
    assert abs(at - begin.now) < 5
    other = RedisStream(redis.url, "m").begin()
    assert (other.position, other.run, other.live) == (last, begin.run, {"n/2": coming(2).change})
    assert stream.read(last, 10, 0.01) == []


def test_a_lease_that_is_given_back_is_missed_by_the_others(redis, stream):
    other = RedisStream(redis.url, "m")
    stream.begin(), other.begin()
    assert stream.renew(["m"]).gone == set()
    other.end()
    heartbeat = stream.renew(["m"])
    assert (heartbeat.held, heartbeat.gone) == (True, {"m"})
    stream._redis.flushall()
    heartbeat = stream.renew([])
    assert (heartbeat.held, heartbeat.run) == (False, None)


@pytest.mark.parametrize(("milliseconds", "number"), [(0, 1), (1, 0), (10**9, 0)])
def test_a_stream_that_ends_before_what_was_read_is_emptied(stream, milliseconds, number):
    before, last = written(stream)
    older = stream.begin(f"{last[0] + milliseconds}-{last[1] + number}")
    assert (older.position, older.live, older.cells) == ("0-0", {}, ())
    assert older.run != before.run


@pytest.mark.parametrize(("milliseconds", "number"), [(0, 0), (-1, 7), (-(10**9), 0)])
def test_a_stream_that_holds_more_than_was_read_is_not(stream, milliseconds, number):
    before, last = written(stream)
    newer = stream.begin(f"{last[0] + milliseconds}-{last[1] + number}")
    assert (newer.run, newer.position, len(newer.live)) == (before.run, f"{last[0]}-{last[1]}", 2)
    stream._redis.delete(LOG)
    assert stream.begin("5-0").run == before.run


def written(stream):
    """The beginning of a stream with two entries, and the position of the last as two numbers."""
    stream.begin()
    stream.write([coming(1), coming(2)])
    begun = stream.begin()
    return begun, [int(part) for part in begun.position.split("-")]


def test_redis_that_is_not_there_is_away():
    with pytest.raises(Unreachable, match="refused"):
        RedisStream(f"redis://127.0.0.1:{free_port()}/0", "n").begin()


def test_a_change_is_two_commands_and_the_memory_does_not_grow_with_time(stream):
    stream.begin()
    before = stream._redis.info("commandstats")
    rounds, batch = 260, 100
    for _ in range(rounds):
        stream.write([step(n) for n in range(batch // 2) for step in (coming, going)])
    after = stream._redis.info("commandstats")
    calls = {name: after[name]["calls"] - before.get(name, {"calls": 0})["calls"] for name in after}
    changes = rounds * batch
    assert calls["cmdstat_xadd"] == calls["cmdstat_hset"] + calls["cmdstat_hdel"] == changes
    assert calls["cmdstat_multi"] == rounds
    assert stream._redis.hlen(CONNECTIONS) == 0
    # Redis trims whole nodes of a hundred entries.
    assert LONGEST <= stream._redis.xlen(LOG) <= LONGEST + 100
    assert stream._redis.memory_usage(LOG) < 10_000_000


def test_what_redis_holds_tells_nothing(stream):
    hidden = replace(ADA, visibility="hidden", session="token")
    stream.begin()
    stream.write([Entry(Enter("n/1", hidden, "a/x/1", 1000.0), Enter("n/1", hidden, "a/x/1", 1000.0)), coming(2)])
    kept = [
        *stream._redis.hgetall(CONNECTIONS).values(),
        *(values["change"] for _, values in stream._redis.xrange(LOG)),
    ]
    assert len(kept) == 4
    assert len(set(kept)) == 4
    for text in kept:
        plain = base64.b64decode(text)
        assert not [word for word in (b"Ada", b"a/x", b"hidden", b"enter", b"token") if word in plain]


@pytest.mark.parametrize("poison", ["", "{", "\xff", "[]", '{"kind":"leave","connection":"n/2"}', "AAAA" * 50])
def test_what_is_no_change_of_this_site_is_passed_over_counted_and_logged_once(redis, stream, caplog, poison):
    stream.begin()
    stream.write([coming(1), coming(2)])
    stream._redis.hset(CONNECTIONS, "n/3", poison)
    stream._redis.xadd(LOG, {"change": poison})
    stream._redis.xadd(LOG, {"other": poison})
    stream.write([coming(4)])
    reader = RedisStream(redis.url, "m")
    assert set(reader.begin().live) == {"n/1", "n/2", "n/4"}
    changes = [change for _, _, change in reader.read("0-0", 10, 0.1)]
    assert changes == [coming(1).change, coming(2).change, None, None, coming(4).change]
    assert reader.unreadable == 3
    assert len(caplog.records) == 1
    reader.end()


def test_a_position_that_is_no_time_counts_as_away_until_the_stream_is_deleted(redis, stream):
    """Redis gives no lower one afterwards, so without a word nothing would be read any more."""
    stream.begin()
    stream._redis.xadd(LOG, {"change": "x"}, id="99999999999999999-0")
    with pytest.raises(Unreachable, match="Delete presence:log"):
        stream.read("0-0", 10, 0.1)
    with pytest.raises(Unreachable):
        stream.begin()
    stream._redis.delete(LOG)
    stream.begin()
    stream.write([coming(1)])
    assert [change for _, _, change in stream.read("0-0", 10, 0.1)] == [coming(1).change]


def test_another_secret_reads_nothing(redis, stream):
    stream.begin()
    stream.write([coming(1)])
    stranger = RedisStream(redis.url, "m", b"another secret")
    assert stranger.begin().live == {}
    assert stranger.unreadable == 1
    stranger.end()


def test_old_entries_are_dropped_but_for_the_last(stream):
    now = stream.begin().now
    for age in (5 * KEPT_SECONDS, 4 * KEPT_SECONDS, 3 * KEPT_SECONDS):
        stream._redis.xadd(LOG, {"change": "old"}, id=f"{int((now - age) * 1000)}-0")
    stream.renew([])
    ((last, _),) = stream._redis.xrange(LOG)
    assert abs(int(last.split("-")[0]) / 1000 - (now - 3 * KEPT_SECONDS)) < 1
    stream.write([coming(1)])
    stream.renew([])
    assert stream._redis.xlen(LOG) == 1


def test_an_evicted_hash_is_noticed_and_a_policy_that_evicts_is_named(stream):
    stream.begin()
    stream.write([coming(1)])
    assert stream.renew([], "n/1").kept
    stream._redis.delete(CONNECTIONS)
    assert not stream.renew([], "n/1").kept
    assert stream.evicts() == ""
    stream._redis.config_set("maxmemory-policy", "allkeys-lru")
    try:
        assert stream.evicts() == "allkeys-lru"
    finally:
        stream._redis.config_set("maxmemory-policy", "noeviction")
