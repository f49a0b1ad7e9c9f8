"""A simulated classmate at a video: the shared player, and a fixed line or two in the chat.

Nothing stays of it: a line of the chat by someone simulated goes when they leave (live/watching/chat_room.py).
"""

import random
from collections.abc import Iterator, Mapping
from typing import Any

from .room_page import RoomPage

WATCHED_SHARE = 0.75
SECOND_LINE_SHARE = 0.4
LINES = (
    "Hi everyone, watching along.",
    "The drawing made it clear to me.",
    "I had to see that part twice.",
    "Good to watch this together.",
)
Activity = tuple[float, str, tuple[Any, ...]]


def activities(chance: random.Random, videos: Mapping[str, float]) -> Iterator[Activity]:
    """The steps at the videos of one lesson: (share of the reading time to wait, action, its arguments)."""
    for video, length in videos.items():
        if chance.random() < WATCHED_SHARE:
            yield 0.1, "watch", (video, length)
            yield 0.15, "say", (video, chance.choice(LINES[:2]))
            if chance.random() < SECOND_LINE_SHARE:
                yield 0.3, "say", (video, chance.choice(LINES[2:]))


def watch(page: RoomPage, video: str, length: float) -> None:
    """Join the others, and press play if no one is there who could: a real person's pause is left alone."""
    state = page.join("watching")
    if _has_only_simulated(state) and not _is_playing(page, state.get("cells", {}).get(video), length):
        page.call("watching", "control", video=video, did="play")


def say(page: RoomPage, video: str, words: str) -> None:
    page.call("watching", "say", video=video, words=words)


def _has_only_simulated(state: Mapping[str, Any]) -> bool:
    faces = state.get("people", {}).values()
    return all(face and face["role"] == "simulated" for face in faces)


def _is_playing(page: RoomPage, clock: Mapping[str, Any] | None, length: float) -> bool:
    if not clock or not clock["playing"]:
        return False
    now: float = page.call("watching", "clock").get("reply", {}).get("now", clock["since"])
    position: float = clock["at"] + (now - clock["since"]) / 1000 * clock["rate"]
    return position < length
