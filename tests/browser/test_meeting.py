"""Two people in two real browsers: they meet, move, reload, close, hide and sign out."""

import time

from playwright.sync_api import expect

from tests.browser.conftest import open_page

LESSON = "/courses/company/keeping/spacing"
NEXT = "/courses/company/keeping/mixing"


def face(page, name, closeness=None):
    """The entry of a person beside the lesson, in a group if one is named."""
    group = f'[data-closeness="{closeness}"]' if closeness else ""
    return page.locator(f".beside .group{group} .person", has_text=name)


def live(page):
    """The page has had its states, the faces are no longer the first paint, and each live feature listens."""
    expect(page.locator(".beside [data-presence]")).to_have_attribute("data-state", "live")
    expect(page.locator("[data-live]:not([data-arrived])")).to_have_count(0)
    return page


def choose(account, visibility):
    form = account.locator("form", has=account.locator("[name=visibility]"))
    # A choice in the form that is about to be replaced would be lost.
    form.evaluate("(form) => (form.dataset.sent = '')")
    form.locator(f"input[name=visibility][value={visibility}]").check()
    # The page may be closed right after this, and the choice must have been saved.
    with account.expect_response(lambda answer: answer.request.method == "POST"):
        form.locator("button[type=submit]").click()
    expect(account.locator("form[data-sent]")).to_have_count(0)


WATCH = """(name) => {
    window.seen = [];
    const look = () => window.seen.push([...document.querySelectorAll('.beside .person')]
        .filter((face) => !face.closest('[hidden]') && face.innerText.includes(name))
        .map((face) => face.closest('.group').dataset.closeness + '/' + face.dataset.status).join());
    const everything = {subtree: true, childList: true, attributes: true, characterData: true};
    new MutationObserver(look).observe(document.body, everything);
    look();
}"""


def test_two_people_meet_on_a_lesson(visit):
    ada = live(visit("ada", LESSON))
    expect(face(ada, "Grace")).to_have_count(0)
    grace = visit("grace", LESSON)
    expect(face(ada, "Grace", "same lesson")).to_be_visible()
    expect(face(live(grace), "Ada", "same lesson")).to_be_visible()
    assert not ada.complaints + grace.complaints


def test_the_first_paint_has_the_faces_already(visit):
    live(visit("ada", LESSON))
    page = visit("grace", LESSON, java_script_enabled=False)
    expect(face(page, "Ada", "same lesson")).to_be_visible()


def test_going_next_door_is_one_enter_on_the_open_socket(visit):
    ada, grace = live(visit("ada", LESSON)), live(visit("grace", LESSON))
    expect(face(grace, "Ada", "same lesson")).to_be_visible()
    grace.locator(".step[rel=next]").click()
    expect(face(ada, "Grace", "next door")).to_be_visible()
    expect(face(ada, "Grace")).to_have_count(1)
    expect(face(grace, "Ada", "next door")).to_be_visible()
    expect(face(grace, "Ada").locator("[data-slot=place]")).to_have_text("Come back later")
    assert grace.url.endswith(NEXT)
    assert len(grace.sockets) == 1
    assert len([frame for frame in grace.sent if '"enter"' in frame]) == 2
    assert not grace.complaints


def test_a_reload_does_not_flicker_on_the_others_screen(visit):
    ada, grace = live(visit("ada", LESSON)), live(visit("grace", LESSON))
    expect(face(ada, "Grace", "same lesson")).to_be_visible()
    ada.evaluate(WATCH, "Grace")
    for _ in range(3):
        grace.reload()
        live(grace)
    time.sleep(5)
    assert set(ada.evaluate("window.seen")) == {"same lesson/active"}


def test_a_user_who_closes_the_tab_is_gone_after_the_grace(visit):
    ada, grace = live(visit("ada", LESSON)), live(visit("grace", LESSON))
    expect(face(ada, "Grace")).to_be_visible()
    grace.close()
    time.sleep(2)
    expect(face(ada, "Grace")).to_be_visible()
    expect(face(ada, "Grace")).to_have_count(0)


def test_two_tabs_are_one_face(visit, running):
    ada, grace = live(visit("ada", LESSON)), live(visit("grace", LESSON))
    second = live(open_page(running, grace.context, "grace", NEXT))
    expect(face(ada, "Grace")).to_have_count(1)
    second.close()
    time.sleep(4.5)
    expect(face(ada, "Grace", "same lesson")).to_have_count(1)


def test_going_anonymous_works_on_all_screens_without_a_reload(visit, running):
    ada, grace = live(visit("ada", LESSON)), live(visit("grace", LESSON))
    expect(face(ada, "Grace")).to_be_visible()
    account = open_page(running, grace.context, "grace", "/account")
    account.locator("input[name=visibility][value=anonymous]").check()
    account.locator("form", has=account.locator("[name=visibility]")).locator("button[type=submit]").click()
    expect(face(ada, "Grace")).to_have_count(0, timeout=3500)
    expect(ada.locator("[data-bubble] [data-slot=total]")).to_have_text("2")
    expect(grace.locator('.beside [data-note="anonymous"]')).to_be_visible()
    expect(face(grace, "Ada")).to_be_visible()
    expect(account.get_by_text("Saved. This applies")).to_be_visible()
    account.locator("input[name=visibility][value=everyone]").check()
    account.locator("form", has=account.locator("[name=visibility]")).locator("button[type=submit]").click()
    expect(face(ada, "Grace", "same lesson")).to_be_visible()
    assert not account.complaints


def test_signing_out_in_another_tab_takes_the_faces_away(visit, running):
    ada, grace = live(visit("ada", LESSON)), live(visit("grace", LESSON))
    other = open_page(running, grace.context, "grace", "/")
    other.locator(".account-button").click()
    other.get_by_role("button", name="Sign out").click()
    expect(face(ada, "Grace")).to_have_count(0, timeout=3500)
    expect(grace.locator(".beside [data-slot=trouble]")).to_contain_text("signed out")
    expect(face(grace, "Ada")).to_have_count(0)
    assert "Ada" not in grace.locator("body").inner_text()
    assert "Ada" not in " ".join(grace.locator("body").locator("*").all_text_contents())


def test_back_does_not_bring_back_who_one_was_before_a_choice_in_another_tab(visit, running):
    ada = live(visit("ada", LESSON))
    ada.locator(".step[rel=next]").click()
    ada.wait_for_url(f"**{NEXT}")
    account = open_page(running, ada.context, "ada", "/account")
    choose(account, "hidden")
    note = ada.locator('.beside [data-note="hidden"]')
    expect(note).to_be_visible()
    ada.go_back()
    ada.wait_for_url(f"**{LESSON}")
    expect(note).to_be_visible()
    assert ada.evaluate("document.body.dataset.visibility") == "hidden"
    assert account.evaluate("document.body.dataset.visibility") == "hidden"
    choose(account, "everyone")


def test_a_user_who_hides_on_another_device_is_told_so_and_does_not_see_themselves_leave(visit):
    page, phone = live(visit("grace", LESSON)), visit("grace", "/account")
    expect(face(page, "Grace")).to_be_visible()
    page.evaluate("""() => { window.left = 0; new MutationObserver(() => {
        window.left += document.querySelectorAll('.person[data-left]').length;
    }).observe(document.body, {subtree: true, childList: true}); }""")
    choose(phone, "hidden")
    expect(page.locator('.beside [data-note="hidden"]')).to_be_visible()
    expect(face(page, "Grace")).to_have_count(0)
    page.wait_for_timeout(500)
    assert page.evaluate("window.left") == 0
    choose(phone, "everyone")
    expect(page.locator(".beside .person", has_text="you")).to_have_count(1)


def test_the_contents_say_how_many_people_are_on_each_lesson(visit):
    ada = live(visit("ada", LESSON))
    heads = ada.locator('.contents [data-heads="company/keeping/mixing"] [data-slot=heads]')
    expect(heads).to_have_text("0")
    grace = live(visit("grace", NEXT))
    expect(heads).to_have_text("1")
    grace.close()
    expect(heads).to_have_text("0")


def test_everything_but_presence_works_without_javascript(visit):
    page = visit(None, "/login", java_script_enabled=False)
    page.fill("[name=username]", "barbara")
    page.fill("[name=password]", "learn-together")
    page.locator("form[action='/login'] button[type=submit]").click()
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + LESSON)
    page.get_by_role("button", name="Mark as done").click()
    expect(page.get_by_role("button", name="Mark as not done")).to_be_visible()
    page.get_by_role("button", name="Mark as not done").click()
    expect(page.get_by_role("button", name="Mark as done")).to_be_visible()
    assert not page.complaints
