"""A person's own answers, for the file of their data."""

from flask import Flask
from sqlalchemy import select

from accounts.models import User
from web.db import db

from .models import PollAnswer


def part_of_data(_app: Flask, user: User) -> dict[str, list[dict[str, object]]]:
    """The answers of `user`, oldest first; never which option is right: the file can be downloaded at any time."""
    rows = db.session.scalars(select(PollAnswer).filter_by(user_id=user.id).order_by(PollAnswer.id))
    return {"answers": [_answer(row) for row in rows]}


def _answer(row: PollAnswer) -> dict[str, object]:
    return {
        "lesson": row.place,
        "poll": row.poll,
        "round": row.round,
        "option": row.option,
        "in_the_numbers": row.counted,
        "answered_at": row.answered_at.isoformat(),
    }
