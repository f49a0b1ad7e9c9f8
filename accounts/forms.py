"""The forms of the account pages. Field names are part of the site's contract; each message is a sentence."""

from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from . import avatars, countries, name_rules
from .form_fields import AvatarField, clean, known_visibility, new_password_rules

CHOICES = [
    SelectChoice("everyone", "Everyone sees my name and picture"),
    SelectChoice("anonymous", "I am counted, without name or picture"),
    SelectChoice("hidden", "I am not shown and not counted"),
]

FLAGS = [SelectChoice("", "No flag"), *(SelectChoice(code, name) for code, name in countries.COUNTRIES.items())]


class LoginForm(FlaskForm):
    """Signs in. `next` is the page to come back to."""

    username = StringField("Username")
    password = PasswordField("Password")
    remember = BooleanField("Keep me signed in on this device for 30 days")
    next = HiddenField()


class SignupForm(FlaskForm):
    """Makes an account. `create_account` says that a username is taken, and only when all else is right."""

    username = StringField("Username")
    name = StringField("Name that others see")
    password = PasswordField("Password", new_password_rules)
    visibility = RadioField("Who sees that you are here", choices=CHOICES, validate_choice=False)
    avatar = AvatarField("Picture")
    # Of the portraits to choose from, so that they stay the same when the form comes back.
    faces = HiddenField()
    code = StringField("Class code")
    next = HiddenField()

    def validate_visibility(self, field: Field) -> None:
        # Asked of everyone who fills in the page. A client that does not know the question is not refused.
        if not field.raw_data and not self.faces.raw_data:
            field.data = "everyone"
        if not field.data:
            raise ValidationError("Choose who may see you study. You can change it at any time.")
        known_visibility(field)

    def validate_avatar(self, field: AvatarField) -> None:
        """Set `data` to the URL of the chosen portrait. A file is for the account page, and is left out here."""
        field.data = field.choice
        clean(field, avatars.url_of_portrait)

    def validate_username(self, field: Field) -> None:
        clean(field, name_rules.username)

    def validate_name(self, field: Field) -> None:
        clean(field, name_rules.display_name)


class ProfileForm(FlaskForm):
    """The name, picture and flag that others see. A field that is not sent stays as it is."""

    form = HiddenField(default="profile")
    name = StringField("Name that others see")
    avatar = AvatarField("Picture")
    flag = SelectField("A flag beside your name", choices=FLAGS, validate_choice=False)

    def validate_name(self, field: Field) -> None:
        # A form that changes the picture alone leaves the name as it is.
        if not field.raw_data:
            field.data = current_user.name
        clean(field, name_rules.display_name)

    def validate_flag(self, field: Field) -> None:
        if not field.raw_data:
            field.data = current_user.flag
        clean(field, countries.checked)

    def validate_avatar(self, field: Field) -> None:
        """Set `data` to the URL of the chosen avatar, or to None for an upload that is still to be stored."""
        try:
            field.data = None if field.upload else avatars.url_of(field.choice, current_user)
        except ValueError as error:
            raise ValidationError(str(error)) from None


class PresenceForm(FlaskForm):
    """The visibility."""

    form = HiddenField(default="presence")
    visibility = RadioField("Who sees that you are here", choices=CHOICES, validate_choice=False)

    def validate_visibility(self, field: Field) -> None:
        known_visibility(field)


class PasswordForm(FlaskForm):
    """Changes the password."""

    form = HiddenField(default="password")
    old_password = PasswordField("Current password")
    new_password = PasswordField("New password", new_password_rules)


class NewPasswordForm(FlaskForm):
    """Sets a password by a one-time link."""

    new_password = PasswordField("New password", new_password_rules)


class SessionsForm(FlaskForm):
    """Ends all sessions (`all`), or all but this one (`others`)."""

    form = HiddenField(default="sessions")
    which = HiddenField(default="others")


class DeleteForm(FlaskForm):
    """Deletes the account."""

    form = HiddenField(default="delete")
    password = PasswordField("Password")
