"""A simulated classmate among people: waves, offers of help, and pairing, through the rooms of its page."""

from .attention import Attention
from .room_page import RoomPage

ROOMS = ["wave", "pairing"]


def do(page: RoomPage, attention: Attention, name: str, *about: str) -> None:
    """Do what the attention has planned. A refusal does no harm: the other may have gone."""
    if name == "wave back":
        page.call("wave", "wave", to=about[0])
    elif name == "offer":
        page.call("pairing", "offer", to=about[0])
    elif name == "answer offer":
        _answer(page, attention)
    elif name == "end pairing":
        page.call("pairing", "end")


def _answer(page: RoomPage, attention: Attention) -> None:
    """Accept the first offer, if there is one. The news may also be of a pair, which ends by itself or is ended."""
    mine = page.call("pairing", "mine").get("reply") or {}
    for helper in mine.get("offers", [])[:1]:
        page.call("pairing", "accept", by=helper["key"])
    if mine.get("offers") or mine.get("pair"):
        attention.plan("end pairing")
