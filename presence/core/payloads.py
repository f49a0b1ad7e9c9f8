"""The payloads of the server's events, as they go over the wire. Pure."""

from typing import Any, NotRequired, TypedDict

from .people import Person, Visibility

Json = Any
"""Any value that JSON can hold."""


class State(TypedDict):
    """`presence_state`: everything that a topic has published."""

    topic: str
    epoch: str
    seq: int
    people: list[Person]
    counts: dict[str, int]
    total: int


class Diff(TypedDict):
    """`presence_diff`: what has changed since the state or diff before, without the parts that are empty."""

    topic: str
    epoch: str
    seq: int
    joins: NotRequired[list[Person]]
    updates: NotRequired[list[Person]]
    leaves: NotRequired[list[str]]
    counts: NotRequired[dict[str, int]]
    total: int


class Me(TypedDict):
    """`presence_me`: how others see the user of this page now."""

    key: str
    visibility: Visibility


class Paused(TypedDict):
    """`presence_paused`: whether what is shown may be old."""

    paused: bool


class SignedOut(TypedDict):
    """`signed_out`: why the server hangs up."""

    reason: str
