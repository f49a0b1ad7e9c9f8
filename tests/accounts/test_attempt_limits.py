"""Limits on failing: pure buckets, and what they mean for signing in."""

import pytest

from accounts import attempt_limits
from accounts.leaky_bucket import MOST_KEYS, LeakyBuckets, Limit
from tests.helpers.app import Clock, make_sample_app
from tests.helpers.clients import WebClient, token_of, words

NAME = attempt_limits.LIMITS["name"]


@pytest.fixture
def clock(site):
    site.extensions["accounts"]["clock"] = clock = Clock()
    return clock


def fail(visitor, username="ada", times=1, **headers):
    token = token_of(visitor.get("/login"))
    form = {"csrf_token": token, "username": username, "password": "wrong"}
    return [visitor.client.post("/login", data=form, **headers).status_code for _ in range(times)]


def test_a_bucket_takes_its_burst_and_empties_by_itself():
    clock = Clock()
    tries = LeakyBuckets(Limit(burst=3, seconds=10), clock)
    for _ in range(3):
        assert tries.wait("ada") == 0
        tries.count("ada")
    assert tries.wait("ada") == 10
    assert tries.wait("grace") == 0
    clock.advance(4)
    assert tries.wait("ada") == 6
    clock.advance(6)
    assert tries.wait("ada") == 0


def test_what_is_refunded_is_not_held_against_anyone():
    tries = LeakyBuckets(Limit(burst=1, seconds=10), Clock())
    for _ in range(5):
        tries.count("ada")
        tries.refund("ada")
    assert tries.wait("ada") == 0


def test_however_many_names_are_tried_the_memory_is_bounded_and_the_worst_are_remembered():
    tries = LeakyBuckets(Limit(burst=2, seconds=1e9), Clock())
    for _ in range(2):
        tries.count("ada")
    for number in range(2 * MOST_KEYS):
        tries.count(number)
    assert len(tries) <= MOST_KEYS
    assert tries.wait("ada") > 0


def test_wrong_passwords_on_a_name_have_to_wait_and_say_how_long(site, visitor, clock):
    assert fail(visitor, times=NAME.burst) == [422] * NAME.burst
    response = visitor.sign_in("ada", "wrong")
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "60"
    assert "Too many attempts in a short time. Wait 60 seconds and try again." in words(response)


def test_no_user_is_locked_out_for_good(site, visitor, clock):
    fail(visitor, times=NAME.burst + 50)
    assert visitor.sign_in("ada").status_code == 429
    clock.advance(NAME.seconds)
    assert visitor.sign_in("ada").status_code == 303


def test_an_unknown_name_has_the_same_limit_as_a_known_one(visitor, clock):
    assert fail(visitor, "nobody-here", NAME.burst + 1) == [422] * NAME.burst + [429]


@pytest.mark.parametrize("spelling", ["Ada", " ada ", "ADA"])
def test_another_spelling_is_the_same_name(visitor, clock, spelling):
    fail(visitor, times=NAME.burst)
    assert fail(visitor, spelling) == [429]


def test_guesses_do_not_keep_the_owner_from_a_device_that_knows_them(site, visitor, clock):
    owner = WebClient(site)
    owner.sign_in("ada")
    owner.post("/logout", "/account")
    fail(visitor, times=NAME.burst + 1)
    assert WebClient(site).sign_in("ada").status_code == 429
    assert owner.sign_in("ada").status_code == 303


def test_a_device_that_knows_the_owner_has_a_limit_of_its_own(site, clock):
    owner = device_of(site, "ada")
    fail(WebClient(site), times=NAME.burst)
    burst = attempt_limits.LIMITS["device"].burst
    fail(owner, times=burst)
    assert owner.sign_in("ada").status_code == 429
    clock.advance(attempt_limits.LIMITS["device"].seconds)
    assert owner.sign_in("ada").status_code == 303


def device_of(site, username):
    owner = WebClient(site)
    owner.sign_in(username)
    owner.post("/logout", "/account")
    return owner


def answers_of(visitor, password="wrong", times=1):
    answers = [visitor.sign_in("ada", password) for _ in range(times)]
    return [(answer.status_code, answer.headers.get("Retry-After"), words(answer)) for answer in answers]


@pytest.mark.parametrize("before", [0, NAME.burst, NAME.burst + 5])
def test_no_answer_tells_whose_device_it_is(tmp_path, before):
    """Someone with another person's device cookie tries names: all are answered alike, before and after."""
    told = []
    for device in ("ada", "grace"):
        site = make_sample_app(tmp_path / device)
        site.extensions["accounts"]["clock"] = Clock()
        finder = device_of(site, device)
        fail(WebClient(site), times=before)
        told.append((answers_of(finder, times=NAME.burst + 2), answers_of(WebClient(site), times=2)))
    assert told[0] == told[1]


def test_an_attempt_that_is_not_allowed_takes_as_long(site, visitor, clock, monkeypatch):
    work = []
    monkeypatch.setattr("accounts.passwords.check_password_hash", lambda stored, given: work.append(given))
    fail(visitor, times=NAME.burst)
    work.clear()
    assert fail(visitor) == [429]
    assert work == ["wrong"]


@pytest.mark.filterwarnings("ignore:The .device. cookie is too large")
@pytest.mark.parametrize("cookie", ["", "x", "x.y", ".", "\u00e4.\u00e4", "a" * 5000])
def test_a_made_up_device_is_counted_by_name(site, visitor, clock, cookie):
    fail(WebClient(site), times=NAME.burst)
    visitor.client.set_cookie("device", cookie)
    assert fail(visitor) == [429]


def test_a_device_knows_its_own_user_only(site, clock):
    grace = WebClient(site)
    grace.sign_in("grace")
    grace.post("/logout", "/account")
    fail(WebClient(site), times=NAME.burst)
    assert fail(grace) == [429]


def test_one_address_that_tries_many_names_has_to_wait(visitor, clock):
    burst = attempt_limits.LIMITS["address"].burst
    answers = [fail(visitor, f"name-{number}")[0] for number in range(burst + 1)]
    assert answers == [422] * burst + [429]
    assert fail(visitor, "fresh-name", environ_base={"REMOTE_ADDR": "192.0.2.7"}) == [422]


def test_addresses_of_one_ipv6_network_are_one(visitor, clock):
    burst = attempt_limits.LIMITS["address"].burst
    addresses = [f"2001:db8::{number:x}" for number in range(burst + 1)]
    answers = [fail(visitor, f"n-{at[10:]}-x", environ_base={"REMOTE_ADDR": at})[0] for at in addresses]
    assert answers[-1] == 429


def test_a_class_behind_one_address_signs_in(site, clock):
    for _turn in range(4):
        for name in ("ada", "grace", "alan", "katherine", "dennis", "barbara", "margaret", "tim") * 4:
            assert WebClient(site).sign_in(name).status_code == 303


def test_sign_ups_from_one_address_have_to_wait(site, clock):
    burst = attempt_limits.LIMITS["signup"].burst
    answers = [WebClient(site).sign_up(f"learner-{number}").status_code for number in range(burst + 1)]
    assert answers == [303] * burst + [429]


def test_sign_ups_that_tell_which_names_exist_are_counted(site, clock):
    burst = attempt_limits.LIMITS["signup"].burst
    answers = [WebClient(site).sign_up("ada").status_code for _ in range(burst + 1)]
    assert answers == [422] * burst + [429]


@pytest.mark.parametrize(
    "fields", [{"password": "short"}, {"name": ""}, {"username": "a"}, {"username": "ada", "password": ""}]
)
def test_a_form_with_another_fault_tells_nothing_of_names_and_is_not_counted(site, clock, fields):
    burst = attempt_limits.LIMITS["signup"].burst
    answers = [WebClient(site).sign_up(**fields) for _ in range(burst + 1)]
    assert {answer.status_code for answer in answers} == {422}
    assert "is taken" not in words(answers[0])


@pytest.mark.parametrize(("seconds", "words"), [(1, "a second"), (60, "60 seconds"), (121, "3 minutes")])
def test_the_wait_in_words(seconds, words):
    assert attempt_limits.in_words(seconds) == words
