"""`flask courses check` says all faults; a reload swaps valid content in and refuses the rest."""

import os
import signal
import subprocess
import sys
import time

import pytest
import requests

from courses import CatalogError
from tests.helpers.app import LESSON, make_content, make_small_app, write
from tests.helpers.clients import WebClient
from tests.helpers.server import RunningSite
from web.config import ROOT, ConfigError

FAULTS = {
    "web/course.md": "---\ntitle: T\nlang: 12\norder: x\n---\n[a](nope.md) <b>x</b>\n",
    "web/01-basics/01-first.md": "---\nsummary: S.\n---\n# Big\n\n[a](#nope)\n[b](02-second.md#exercise)\n",
    "web/01-basics/02-second.md": "no front matter",
    "web/02-rooms/notes.md": "x",
}
EXPECTED = [
    "content/web/01-basics/01-first.md, line 4: The heading 'Big' must start with ##",
    "content/web/01-basics/01-first.md, line 6: The link '#nope' leads to a page that has no '#nope'.",
    "content/web/01-basics/01-first.md: It has no title.",
    "content/web/01-basics/01-first.md: A lesson ends with the heading `## Exercise`.",
    "content/web/01-basics/02-second.md, line 1: It must start with front matter",
    "content/web/02-rooms/notes.md: Its name must be a number",
    "content/web/course.md, line 3: The lang must be a language tag",
    "content/web/course.md, line 4: The order must be a whole number",
    "content/web/course.md, line 6: HTML like <b> cannot be used",
    "content/web/course.md, line 6: The link 'nope.md' leads nowhere.",
    "content/web/course.md: It has no summary.",
]


def break_all(content):
    for name, text in FAULTS.items():
        write(content / name, text)


def test_every_fault_is_said_once_and_in_order(read, content):
    break_all(content)
    with pytest.raises(CatalogError) as error:
        read()
    lines = str(error.value).splitlines()
    assert len(lines) == len(EXPECTED), error.value
    assert all(line.startswith(expected) for line, expected in zip(lines, EXPECTED, strict=True)), error.value


def test_check_prints_all_faults_or_that_there_is_none(site, tmp_path):
    run = site.test_cli_runner().invoke
    good = run(args=["courses", "check"])
    assert (good.exit_code, good.output) == (0, "No fault in 1 course with 3 lessons.\n")
    break_all(tmp_path / "content")
    bad = run(args=["courses", "check"])
    assert (bad.exit_code, len(bad.output.splitlines())) == (1, len(EXPECTED))


def test_check_warns_of_a_file_that_is_not_read(site, tmp_path):
    write(tmp_path / "content/web/01-basics/03-more.MD", LESSON.format(title="More"))
    result = site.test_cli_runner().invoke(args=["courses", "check"])
    assert result.exit_code == 0
    assert "Warning: content/web/01-basics/03-more.MD is not read" in result.output


@pytest.mark.parametrize(("command", "code"), [("check", 1), ("reload", 1)])
def test_the_command_works_where_the_site_cannot_start(tmp_path, command, code):
    break_all(make_content(tmp_path / "content"))
    environment = {**os.environ, "INSTANCE_DIR": str(tmp_path / "i"), "CONTENT_DIR": str(tmp_path / "content")}
    flask = [sys.executable, "-m", "flask", "--app", "app", "courses", command]
    result = subprocess.run(flask, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert result.returncode == code
    assert len(result.stderr.splitlines()) == len(EXPECTED), result.stderr
    assert not (tmp_path / "i/reload-courses").exists()


def test_valid_content_is_swapped_in_and_broken_content_refused(site, tmp_path, caplog):
    client, reloader = WebClient(site), site.extensions["course_reloader"]
    path = tmp_path / "content/web/01-basics/01-first.md"
    write(path, LESSON.format(title="Quite new"))
    reloader.look()
    assert "Quite new" not in client.get("/courses/web").text
    site.test_cli_runner().invoke(args=["courses", "reload"])
    reloader.look()
    assert "Quite new" in client.get("/courses/web").text
    assert "Quite new" in client.get("/courses/places.json").text
    write(path, "broken")
    assert not reloader.reload()
    assert "Quite new" in client.get("/courses/web/basics/first").text
    assert "The courses were not reloaded; the old ones stay." in caplog.text


def test_titles_in_templates_are_those_of_the_catalog_now(site, tmp_path):
    titles = site.jinja_env.globals["place_titles"]
    write(tmp_path / "content/web/01-basics/01-first.md", LESSON.format(title="Quite new"))
    site.extensions["course_reloader"].reload()
    assert titles["web/basics/first"] == "Quite new"


def test_a_content_folder_that_is_none_is_named(tmp_path):
    with pytest.raises(ConfigError, match="CONTENT_DIR '.*/nowhere' is not a folder."):
        make_small_app(tmp_path, CONTENT_DIR=str(tmp_path / "nowhere"))


def test_a_link_to_a_file_is_relative_to_the_content_folder(tmp_path):
    content = make_content(tmp_path / "courses of mine")
    write(content / "code/leaf.py", "green = True\n")
    text = LESSON.format(title="T").replace("Some text.", "[code](file:code/leaf.py#L-1)")
    write(content / "web/01-basics/01-first.md", text)
    client = WebClient(make_small_app(tmp_path, CONTENT_DIR=str(content), CONTENT_ROOT=None))
    assert 'href="/source/code/leaf.py#L-1"' in client.get("/courses/web/basics/first").text
    assert "green" in client.get("/source/code/leaf.py").text


def test_a_running_site_takes_sighup_and_the_command(tmp_path):
    content = make_content(tmp_path / "content")
    site = RunningSite(tmp_path, CONTENT_DIR=str(content))
    try:
        path = content / "web/01-basics/01-first.md"
        write(path, LESSON.format(title="By signal"))
        site.process.send_signal(signal.SIGHUP)
        await_title(site, "By signal")
        write(path, LESSON.format(title="By command"))
        environment = {**os.environ, "INSTANCE_DIR": str(tmp_path), "CONTENT_DIR": str(content)}
        flask = [sys.executable, "-m", "flask", "--app", "app", "courses", "reload"]
        subprocess.run(flask, cwd=ROOT, env=environment, check=True, capture_output=True)
        await_title(site, "By command")
        assert site.process.poll() is None
    finally:
        site.stop()


def await_title(site, title):
    deadline = time.monotonic() + 20
    while title not in requests.get(f"{site.url}/courses/web", timeout=10).text:
        assert time.monotonic() < deadline, site.log
        time.sleep(0.1)
