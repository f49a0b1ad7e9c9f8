"""The fields of the account forms that several of them have, and their rules."""

from collections.abc import Callable

from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage
from wtforms import Field
from wtforms.validators import InputRequired, Length, ValidationError

from . import common_passwords, passwords
from .models import VISIBILITIES


def not_common(_form: FlaskForm, field: Field) -> None:
    if common_passwords.includes(field.data or ""):
        raise ValidationError("That's one of the first passwords anyone would guess. Choose another one.")


new_password_rules = [
    InputRequired("Choose a password."),
    Length(
        passwords.SHORTEST,
        passwords.LONGEST,
        f"Use {passwords.SHORTEST} to {passwords.LONGEST} characters.",
    ),
    not_common,
]


def clean(field: Field, rule: Callable[[str], str]) -> None:
    """Replace the field's text with the result of `rule`; its ValueError becomes the message beside the field."""
    try:
        field.data = rule(field.data or "")
    except ValueError as error:
        raise ValidationError(str(error)) from None


def known_visibility(field: Field) -> None:
    if field.data not in VISIBILITIES:
        raise ValidationError("Choose everyone, anonymous or hidden.")


class AvatarField(Field):
    """An uploaded picture (`upload`) or the name of a choice (`choice`), both sent as one field; None if not sent."""

    upload: FileStorage | None = None
    choice: str | None = None

    def process_formdata(self, valuelist: list[FileStorage | str]) -> None:
        self.upload = next((value for value in valuelist if isinstance(value, FileStorage) and value), None)
        self.choice = next((value for value in valuelist if isinstance(value, str)), None)
