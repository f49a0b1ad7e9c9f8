"""Whatever happens to people, all processes know the same a second later, though their clocks are minutes apart."""

import random
import time

import pytest

from tests.cluster.harness import FAR, NEAR, NEXT, Learner, await_, last_words, sign_in


@pytest.fixture(scope="module")
def learners(cluster):
    """A dozen pages at every process."""
    cookies = sign_in(cluster.folder, 36)
    learners = [Learner([cluster.sites[n % 3].url], cookie, NEAR) for n, cookie in enumerate(cookies)]
    for learner in learners:
        learner.start()
    await_(lambda: all(learner.socket for learner in learners), 20)
    yield learners
    for learner in learners:
        learner.close()


def test_all_rosters_agree_a_second_after_a_burst(cluster, learners):
    ada = cluster.sites[0].browser("ada")
    # Those of the file before may still be leaving.
    cluster.await_agreement(ada, 15, total=36)
    for _ in range(10):
        for learner in learners:
            learner.move(random.choice([NEAR, NEXT, FAR, "", "realtime"]))
        time.sleep(0.05)
    agreed = cluster.await_agreement(ada, 1)
    assert agreed[""]["total"] == 36
    now = time.time()
    assert all(now - 60 < person["since"] < now + 5 for person in agreed["realtime/talking"]["people"])


def test_a_page_is_shown_to_the_others_and_its_own_on_every_process(cluster):
    browser = cluster.sites[0].browser("grace")
    pages = [site.socket(browser, FAR) for site in cluster.sites]
    for page in pages:
        names = [
            p["name"] for _, payload in page.listen(0.5) for p in payload.get("people", []) + payload.get("joins", [])
        ]
        assert "Grace" in names
    for page in pages:
        page.close()


def test_a_choice_and_a_name_reach_every_process_within_a_second(cluster):
    browser = cluster.sites[1].browser("alan")
    tabs = [site.socket(browser, FAR) for site in cluster.sites]
    ada = cluster.sites[0].browser("ada")
    shown = lambda: [_named(states, "Alan") for states in cluster.states(ada, [FAR])]  # noqa: E731
    await_(lambda: all(shown()), 2)
    _post(cluster.sites[2], browser, form="presence", visibility="hidden")
    assert await_(lambda: not any(shown()), 1) < 1
    tabs[0].call("enter", {"place": NEAR})
    tabs[0].call("enter", {"place": FAR})
    assert not any(shown())
    _post(cluster.sites[0], browser, form="presence", visibility="everyone")
    assert await_(lambda: all(shown()), 1) < 1
    for tab in tabs:
        tab.close()


def test_sign_out_and_a_new_password_reach_every_process_within_a_second(cluster):
    here, there = cluster.sites[0].browser("dennis"), cluster.sites[1].browser("dennis")
    tabs = [(site.socket(here, FAR), site.socket(there, FAR)) for site in cluster.sites]
    fields = {"old_password": "learn-together", "new_password": "a new password"}
    _post(cluster.sites[2], here, form="password", **fields)
    for tab, other in tabs:
        assert last_words(other) == "signed_out"
        assert tab.call("activity", {"status": "active"}) == {"ok": True}
    here.post(
        f"{cluster.sites[1].url}/logout", data={"csrf_token": cluster.sites[1].token(here, "/account")}, timeout=10
    )
    for tab, _ in tabs:
        assert last_words(tab) == "signed_out"
    ada = cluster.sites[0].browser("ada")
    assert not any(_named(states, "Dennis") for states in cluster.states(ada, [FAR]))


def test_who_signs_in_at_a_clock_ahead_is_signed_in_everywhere(cluster):
    browser = cluster.sites[1].browser("katherine")
    for site in cluster.sites:
        assert browser.get(f"{site.url}/account", timeout=10, allow_redirects=False).status_code == 200


def _named(states: dict, name: str) -> list:
    return [person for person in states["company/keeping"]["people"] if person["name"] == name]


def _post(site, browser, **fields) -> None:
    token = site.token(browser, "/account")
    answer = browser.post(
        f"{site.url}/account", data={"csrf_token": token, **fields}, allow_redirects=False, timeout=10
    )
    assert answer.status_code == 303, answer.text
