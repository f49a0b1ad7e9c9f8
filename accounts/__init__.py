"""Accounts: users, sign-in, the account page, the sample users.

    accounts.init_app(app)            blueprint, login manager, the commands of accounts
    accounts.signed_out               signal: a session, or all of a user's, has ended
    accounts.profile_changed          signal: a name, avatar, flag or visibility has changed
    accounts.data_asked               signal: a user downloads their data
    accounts.sample_users, .sessions       loading sample users; starting and ending sign-ins

Accounts know nothing of courses or presence, which read `flask_login.current_user` or connect to the signals.
"""

from flask import Flask
from flask_login import LoginManager

from web import lifecycle, security

from . import (
    account_page,
    attempt_limits,
    avatar_files,
    avatar_views,
    class_codes,
    countries,
    data_export,
    initials,
    password_links,
    roles,
    safe_redirect,
    sample_users,
    session_account,
    sessions,
    signup,  # noqa: F401  for its routes
)
from .models import User, UserSession
from .signals import data_asked, profile_changed, signed_out

__all__ = ["User", "UserSession", "data_asked", "init_app", "profile_changed", "sample_users", "sessions", "signed_out"]

# Far more than a picture may have, so that a photo that is too large comes back with its form and a sentence.
LARGEST_FORM = 12 * 1024 * 1024


def init_app(app: Flask) -> None:
    app.extensions["accounts"] = {}
    app.config["REMEMBER_COOKIE_DURATION"] = sessions.LIFETIME
    login_manager().init_app(app)
    app.register_blueprint(account_page.blueprint)
    app.register_blueprint(data_export.blueprint)
    avatar_files.make_folder(app)
    app.register_blueprint(avatar_views.blueprint)
    app.jinja_env.globals.update(login_url=safe_redirect.login_url, initials_of=initials.initials_of)
    app.jinja_env.globals.update(country_name=countries.name_of, flag_emoji=countries.emoji_of)
    attempt_limits.init_app(app)
    security.allow_large_requests(app, "accounts.save_account", LARGEST_FORM)
    for command in (sample_users.sample_users, roles.role, class_codes.invite, password_links.password):
        app.cli.add_command(command)

    def sweep_avatars() -> None:
        with app.app_context():
            avatar_files.sweep(app)

    lifecycle.of(app).on_start.append(sweep_avatars)


def login_manager() -> LoginManager:
    manager = LoginManager()
    manager.user_loader(session_account.load)
    manager.login_view = "accounts.login"
    manager.login_message = "Sign in to see that page."
    # A session ends with its row. Flask-Login's own protection compares addresses, which change on a phone's way home,
    # and marks sessions as not fresh, which nothing here uses.
    manager.session_protection = None
    return manager
