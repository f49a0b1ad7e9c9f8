"""A page that may not join a room says which of its features does not work, and why."""

import re

from playwright.sync_api import expect

from tests.browser.states import REACTIONS
from tests.browser.test_meeting import LESSON, live

FULL = "A page joins at most 8 rooms at once."


def refuse_rooms(context) -> None:
    """Answer each `room_join` in the server's place, as it answers one room too many."""

    def hold(socket):
        server = socket.connect_to_server()

        def pass_on(message):
            if join := re.match(r'42(\d+)\["room_join"', message):
                socket.send(f'43{join[1]}[{{"ok":false,"error":"{FULL}"}}]')
            else:
                server.send(message)

        socket.on_message(pass_on)

    context.route_web_socket("**/socket.io/**", hold)


def test_each_feature_says_that_its_room_is_refused(visit):
    page = visit("ada", "about:blank")
    refuse_rooms(page.context)
    page.goto(page.base + LESSON)
    live(page)
    expect(page.locator("#live-wave [role=status]")).to_have_text(f"You can't wave on this page. {FULL}")
    expect(page.locator("#live-pairing")).to_contain_text(f"You can't offer help on this page. {FULL}")
    expect(page.locator(REACTIONS).first.locator("[role=status]")).to_have_text(
        f"Reactions don't work on this page. {FULL}"
    )
