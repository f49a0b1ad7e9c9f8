import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from web import config


@pytest.fixture(autouse=True)
def bare(monkeypatch, tmp_path):
    """No setting in the environment, and a repository of its own, where .env and instance/ would lie."""
    for setting in config.SETTINGS:
        monkeypatch.delenv(setting.name, raising=False)
    monkeypatch.setattr(config, "ROOT", tmp_path)


def test_defaults_need_no_environment(tmp_path):
    values = config.load()
    assert (values["HOST"], values["PORT"], values["TRUSTED_PROXIES"]) == ("127.0.0.1", 5000, 0)
    assert (values["REDIS_URL"], values["METRICS_TOKEN"], values["SAMPLE_USERS"]) == (None, None, "auto")
    assert values["SOCKETIO_ASYNC_MODE"] == "eventlet"
    assert values["INSTANCE_DIR"] == str(tmp_path / "instance")
    assert values["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{tmp_path}/instance/site.db"


def test_overrides_win_over_the_environment_and_that_over_the_file(tmp_path, monkeypatch):
    (tmp_path / ".env").write_text("PORT=1111\nHOST=file\nMETRICS_TOKEN=file\n")
    monkeypatch.setenv("PORT", "2222")
    monkeypatch.setenv("HOST", "environment")
    values = config.load({"PORT": 3333})
    assert (values["PORT"], values["HOST"], values["METRICS_TOKEN"]) == (3333, "environment", "file")


def test_file_is_not_read_under_test(tmp_path):
    (tmp_path / ".env").write_text("DATABASE_URL=sqlite:////precious.db\n")
    assert config.load({"TESTING": True})["DATABASE_URL"].endswith("/instance/site.db")


def test_empty_value_counts_as_unset(monkeypatch):
    monkeypatch.setenv("PORT", "")
    monkeypatch.setenv("REDIS_URL", " ")
    values = config.load()
    assert (values["PORT"], values["REDIS_URL"]) == (5000, None)


def test_any_other_flask_key_passes_through():
    assert config.load({"WTF_CSRF_ENABLED": False})["WTF_CSRF_ENABLED"] is False


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "abc", "PORT must be a number from 1 to 65535, not 'abc'."),
        ("PORT", "0", "PORT must be a number from 1 to 65535, not '0'."),
        ("PORT", "65536", "PORT must be a number from 1 to 65535, not '65536'."),
        ("PORT", "5_000", "PORT must be a number from 1 to 65535, not '5_000'."),
        ("PORT", "٥٠٠٠", "PORT must be a number from 1 to 65535, not '٥٠٠٠'."),
        ("TRUSTED_PROXIES", "-1", "TRUSTED_PROXIES must be a number from 0 to 99, not '-1'."),
        ("SAMPLE_USERS", "maybe", "SAMPLE_USERS must be 1, 0 or unset, not 'maybe'."),
        ("DATABASE_URL", "foo://bar", "DATABASE_URL must be a URL like sqlite:///site.db or "),
        ("SOCKETIO_ASYNC_MODE", "asyncio", "SOCKETIO_ASYNC_MODE must be eventlet or threading, not 'asyncio'."),
        ("REDIS_URL", "localhost", "REDIS_URL must be a URL like redis://localhost:6379/0, not 'localhost'."),
        ("ALLOWED_HOSTS", "https://example.org", "ALLOWED_HOSTS must be names like example.org, .example.org, without"),
        ("ALLOWED_HOSTS", "example.org:80", "ALLOWED_HOSTS must be names like example.org, .example.org, without"),
        ("VIDEO_HOSTS", "youtube,elsewhere", "VIDEO_HOSTS must be youtube, or unset, not 'youtube,elsewhere'."),
        ("FRAME_ANCESTORS", "lms.example.org", "FRAME_ANCESTORS must be origins like https://lms.example.org, not"),
        ("FRAME_ANCESTORS", "https://x; script-src *", "FRAME_ANCESTORS must be origins like"),
        (
            "MEETING_URL",
            "https://meet.example.org/",
            "MEETING_URL must be a URL with {name} after the host, like https://",
        ),
        ("MEETING_URL", "https://{name}.example.org/", "MEETING_URL must be a URL with {name} after the host"),
        ("MEETING_URL", "javascript:{name}", "MEETING_URL must be a URL with {name} after the host"),
        ("MEETING_URL", "https://meet.example.org/{name}/{name}", "MEETING_URL must be a URL with {name} after the"),
        ("MEETING_URL", "https://meet.example.org/{name} {x}", "MEETING_URL must be a URL with {name} after the host"),
        ("DATABASE_URL", "site.db", "DATABASE_URL must be a URL like sqlite:///site.db or "),
    ],
)
def test_unusable_value_is_answered_with_the_setting_and_the_value(monkeypatch, name, value, sentence):
    monkeypatch.setenv(name, value)
    with pytest.raises(config.ConfigError) as error:
        config.load()
    assert str(error.value).startswith(sentence)


def test_message_never_shows_a_password(monkeypatch):
    monkeypatch.setenv("REDIS_URL", "http://user:hush@localhost")
    with pytest.raises(config.ConfigError) as error:
        config.load()
    assert "hush" not in str(error.value)


def test_instance_folder_that_cannot_be_made_is_named(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("INSTANCE_DIR", "file/inside")
    with pytest.raises(config.ConfigError, match="INSTANCE_DIR '.*file/inside' cannot be made"):
        config.load()


@pytest.mark.parametrize(
    ("text", "value"), [("1", True), ("On", True), ("TRUE", True), ("0", False), ("no", False), ("auto", "auto")]
)
def test_sample_users_switch(monkeypatch, text, value):
    monkeypatch.setenv("SAMPLE_USERS", text)
    found = config.load()["SAMPLE_USERS"]
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg2"])
def test_postgres_is_reached_through_psycopg2(monkeypatch, scheme):
    monkeypatch.setenv("DATABASE_URL", f"{scheme}://user:p%40ss@host/name")
    assert config.load()["SQLALCHEMY_DATABASE_URI"] == "postgresql+psycopg2://user:p%40ss@host/name"


def test_relative_sqlite_file_lies_in_the_instance_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:///other.db")
    assert config.load()["DATABASE_URL"] == f"sqlite:///{tmp_path}/instance/other.db"


@pytest.mark.parametrize("url", ["sqlite:////elsewhere/site.db", "sqlite://", "sqlite:///:memory:"])
def test_other_sqlite_urls_are_left_alone(monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)
    assert config.load()["DATABASE_URL"] == url


def test_secret_key_is_generated_once_and_readable_only_by_its_owner(tmp_path):
    first, second = config.load()["SECRET_KEY"], config.load()["SECRET_KEY"]
    path = tmp_path / "instance" / "secret_key"
    assert first == second == path.read_text()
    assert len(first) == 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_processes_that_start_at_once_agree_on_the_secret_key():
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: config.load()["SECRET_KEY"], range(32)))
    assert len(keys) == 1


def test_given_secret_key_is_used_and_none_written(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "given")
    assert config.load()["SECRET_KEY"] == "given"
    assert not Path(tmp_path / "instance" / "secret_key").exists()


def test_empty_secret_key_file_is_named(tmp_path):
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / "secret_key").write_text("\n")
    with pytest.raises(config.ConfigError, match="secret_key' is empty"):
        config.load()


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path: path.mkdir(), "secret_key' cannot be read: Is a directory."),
        (lambda path: path.write_bytes(b"\xff\xfe"), "secret_key' holds no text."),
    ],
)
def test_a_secret_key_that_cannot_be_read_is_named(tmp_path, make, sentence):
    (tmp_path / "instance").mkdir()
    make(tmp_path / "instance" / "secret_key")
    with pytest.raises(config.ConfigError, match=sentence):
        config.load()


def test_every_setting_has_a_line_of_help_and_a_known_type():
    for setting in config.SETTINGS:
        assert setting.help.endswith(".")
        assert setting.type in config.TYPES


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("SAMPLE_USER=0", "sets 'SAMPLE_USER', which is not a setting. Did you mean SAMPLE_USERS?"),
        ("port=1", "sets 'port', which is not a setting. Did you mean PORT?"),
        ("COLOUR=red", "sets 'COLOUR', which is not a setting."),
    ],
)
def test_a_misspelt_name_in_the_file_stops_the_start(tmp_path, line, sentence):
    (tmp_path / ".env").write_text(f"{line}\n")
    with pytest.raises(config.ConfigError) as error:
        config.load()
    assert str(error.value).endswith(sentence)


def test_flasks_own_names_may_stand_in_the_file(tmp_path):
    (tmp_path / ".env").write_text("FLASK_DEBUG=1\n")
    assert config.load()["PORT"] == 5000


def test_a_folder_without_hard_links_will_do(tmp_path, monkeypatch):
    def no_links(*_arguments):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("os.link", no_links)
    assert config.load()["SECRET_KEY"] == (tmp_path / "instance" / "secret_key").read_text()


def test_a_folder_that_cannot_be_written_is_named(monkeypatch):
    def read_only(*_arguments):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("os.open", read_only)
    # To delete what is not there fails with the same error.
    monkeypatch.setattr("os.unlink", read_only)
    with pytest.raises(config.ConfigError, match="The secret key cannot be written to '.*instance': Read-only"):
        config.load()
