"""A person's own reactions, for the file of their data."""

from datetime import UTC, datetime

from flask import Flask

from accounts.models import User

from . import store
from .models import Reaction


def part_of_data(_app: Flask, user: User) -> dict[str, list[dict[str, object]]]:
    """The reactions of `user`, the oldest first."""
    return {"reactions": [_reaction(row) for row in store.of(user.id)]}


def _reaction(row: Reaction) -> dict[str, object]:
    return {
        "lesson": row.place,
        "at": row.anchor,
        "kind": row.kind,
        "in_the_numbers": row.counted,
        "reacted_at": datetime.fromtimestamp(row.reacted_at, UTC).isoformat(),
    }
