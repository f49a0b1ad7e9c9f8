"""Watching together and pointing, for the evenings of test_invisible.py: what the others do, and one person more."""

VIDEO = "short"
ORDERS = (("play", {}), ("seek", {"at": 3.0}), ("speed", {"rate": 1.5}), ("pause", {}))


def others_watch_and_point(katherine, grace, turn):
    """Katherine watches the video of her lesson, and points; Grace comes and goes."""
    katherine.join("watching", "pointers")
    grace.join("pointers")
    if turn % 2:
        grace.join("watching")
    did, more = ORDERS[turn % len(ORDERS)]
    katherine.call("watching", "control", video=VIDEO, did=did, **more)
    katherine.signal("watching", "burst", 1)
    if turn % 4 == 1:
        grace.call("watching", "say", words=f"Line {turn}", video=VIDEO)
    for reader in (katherine, grace):
        reader.signal("pointers", "at", [turn])
        reader.signal("pointers", "at", [turn, 4, 0, 10])


def watch_and_point(tab):
    """All that one person can do in half a second on the lesson with a video, within the limits on events."""
    tab.join("watching")
    tab.call("watching", "control", video=VIDEO, did="seek", at=5.0)
    tab.call("watching", "say", words="unseen words", video=VIDEO)
    tab.call("watching", "lead", video=VIDEO, on=True)
    tab.call("watching", "remove", id="0f0f0f0f-1")
    tab.signal("watching", "burst", 3)
    for anchor in ([99], [99, 9, 0, 9], "no anchor"):
        tab.signal("pointers", "at", anchor)
