"""Deletes an account."""

from web import sqlite
from web.db import db

from . import avatar_files, sample_users
from .models import User
from .signals import notify_signed_out


def delete(user: User) -> None:
    """Delete `user`. Sessions and progress go with the row; the picture and the open sockets right after it."""
    user_id, avatar = user.id, user.avatar
    retired = [] if user.is_sample else sample_users.retire()
    db.session.execute(db.delete(User).where(User.id == user_id))
    db.session.commit()
    avatar_files.discard(avatar)
    for sample in retired:
        notify_signed_out(sample, None, None, "The sample users are no longer available.")
    notify_signed_out(user_id, None, None, "Your account was deleted.")
    sqlite.forget_deleted(db.engine)
