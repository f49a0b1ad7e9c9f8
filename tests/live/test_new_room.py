"""`flask room new`: what it writes works and passes the checks, and it refuses what could not."""

import os
import shutil
import subprocess
import sys

import pytest

from live.new_room import files, names, registry
from web.config import ROOT

LEFT_OUT = (".git", ".venv", ".env", "__pycache__", "node_modules", "instance", ".*_cache")


@pytest.fixture
def project(tmp_path):
    """A copy of the project: the command writes into the one that it runs in."""
    return shutil.copytree(ROOT, tmp_path / "project", ignore=shutil.ignore_patterns(*LEFT_OUT))


def run(project, *command):
    """Run a program of Python in the project. Returns what it has printed."""
    environment = {**os.environ, "INSTANCE_DIR": str(project / "instance"), "PYTHONPATH": ""}
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=project, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_new_room_passes_its_own_test_and_the_checks(project):
    said = run(project, "flask", "--app", "app", "room", "new", "night-light", "--into", "live")
    written = [line.removeprefix("Wrote ") for line in said.splitlines() if line.startswith("Wrote ")]
    assert len(written) == 6
    assert "3 passed" in run(project, "pytest", "-q", "-p", "no:cacheprovider", "tests/live/night_light")
    changed = [path for path in written if path.endswith(".py")] + ["live/__init__.py"]
    run(project, "ruff", "check", "--no-cache", *changed)
    run(project, "ruff", "format", "--no-cache", "--check", *changed)
    subprocess.run(["node", "--check", project / "static/js/live/night_light.js"], check=True)


@pytest.mark.parametrize(
    "name", ["x", "Lamp", "9lives", "a_b", "two--dashes", "end-", "é-lamp", "../lamp", "x" * 32, ""]
)
def test_a_name_that_no_room_can_have_is_refused(site, name):
    said = site.app.test_cli_runner().invoke(args=["room", "new", "--", name])
    assert said.exit_code == 1
    assert "The name of a room is 2 to 31 of a-z and 0-9, a letter first" in said.output


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("polls", "There is a room 'polls' already."),
        ("class", "'class' is a word of Python, so no module can have that name."),
        ("room", "Every room uses the name 'Room' already."),
        ("feature", "The name 'feature' is used in live/__init__.py already."),
        ("views", "There is live/views.py already."),
        ("clock", "There is static/js/live/clock.js already."),
    ],
)
def test_a_name_that_is_taken_is_refused(site, name, sentence):
    said = site.app.test_cli_runner().invoke(args=["room", "new", name])
    assert (said.exit_code, said.output) == (1, f"Error: {sentence}\n")
    assert not (ROOT / "live" / name).is_dir() or name == "polls"


@pytest.mark.parametrize(
    ("into", "sentence"),
    [
        ("nowhere", "There is no package 'nowhere' here."),
        ("../elsewhere", "There is no package '../elsewhere' here."),
        ("web", "web/__init__.py has no 'from . import' and 'FEATURES = (…)', so nothing would load the room."),
    ],
)
def test_a_place_that_would_not_load_it_is_refused(site, into, sentence):
    said = site.app.test_cli_runner().invoke(args=["room", "new", "night-light", "--into", into])
    assert (said.exit_code, said.output) == (1, f"Error: {sentence}\n")


def test_nothing_is_written_if_one_file_is_there(tmp_path):
    (tmp_path / "static/js/live").mkdir(parents=True)
    (tmp_path / "static/js/live/lamp.js").touch()
    with pytest.raises(names.Refused):
        files.write(tmp_path, "live", "lamp")
    assert not (tmp_path / "live").exists()


@pytest.mark.parametrize("name", ["ab", "a-very-long-name-of-a-room-1234"])
def test_a_room_passes_the_checks_however_long_its_name_is(tmp_path, name):
    # Beside these the linter knows what is the site's own.
    for part in ("courses", "presence"):
        (tmp_path / part).mkdir()
        (tmp_path / part / "__init__.py").touch()
    names.check(name)
    files.write(tmp_path, "live", name)
    for check in (["check"], ["format", "--check"]):
        run(tmp_path, "ruff", *check, "--no-cache", "--config", str(ROOT / "pyproject.toml"), "live", "tests")


def test_a_long_list_of_features_is_one_a_line(tmp_path):
    (tmp_path / "live").mkdir()
    path = tmp_path / "live/__init__.py"
    path.write_text("from . import polls\n\nFEATURES = (polls,)\n")
    added = [f"a-room-with-a-long-name-{letter}".replace("-", "_") for letter in "dcba"]
    for module in added:
        registry.read(tmp_path, "live").add(module)
    imported, listed = path.read_text().split("\n\n")
    assert imported == "\n".join(["from . import (", *(f"    {name}," for name in [*sorted(added), "polls"]), ")"])
    assert listed == "\n".join(["FEATURES = (", *(f"    {name}," for name in ["polls", *added]), ")", ""])
