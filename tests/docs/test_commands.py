"""The commands, settings and configuration files in the documents: what can run does run."""

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
import requests
import websocket

from deploy.ports import free_port
from tests.docs.document import ROOT, blocks, text
from tests.helpers.app import load_samples, make_app
from tests.helpers.server import RunningSite
from web import config, db

DOCUMENTS = sorted(path.name for path in (ROOT / "docs").glob("*.md") if path.name != "lifting.md")
TARGETS = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
# They need a network, change this repository, run all tests or go on until they are interrupted: they were only read.
# The test of the lamp is run by test_rooms.py.
LOOKED_AT = {
    "git pull",
    "pip install -r requirements.txt",
    "pytest tests/presence tests/test_docs.py",
    "node --test tests/js/",
    "flask replay instance/recording --speed 20",
    "pytest test_lamp.py",
}
TYPED = ("mkdir ", "cp ", "rm ", "python -c ", "flask ")
SETTINGS = {setting.name for setting in config.SETTINGS}
REDIS_COMMANDS = {"XADD", "XREAD", "HSET", "HDEL"}


def commands(name: str) -> list[str]:
    return [line for block in blocks(text(name), "sh") for line in block.text.splitlines() if line]


@pytest.fixture
def site(tmp_path):
    site = make_app(tmp_path)
    load_samples(site)
    with site.app_context():
        db.db.engine.dispose()
    return site


def run(site, command: str) -> str:
    """Type a command in a folder that holds nothing but the data of a site, where it may do what it likes."""
    if command.startswith("flask "):
        result = site.test_cli_runner().invoke(args=shlex.split(command)[1:])
        assert result.exit_code == 0, f"{command}\n{result.output}"
        return result.output
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    command = command.replace("app.py", str(ROOT / "app.py"))
    folder = Path(site.config["INSTANCE_DIR"]).parent
    return subprocess.run(["bash", "-ec", command], cwd=folder, env=environment, check=True, capture_output=True).stdout


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if commands(name)])
def test_every_command_runs(name, site):
    for command in commands(name):
        if command in LOOKED_AT:
            continue
        if command.startswith(TYPED):
            run(site, command)
        elif command.startswith("make "):
            assert set(command.split()[1:]) <= TARGETS, command
        elif "python app.py" in command:
            # Its options are known, and so are the settings before it.
            run(site, f"{command} --help")
            assert set(re.findall(r"([A-Z_]+)=", command)) <= SETTINGS
        else:
            pytest.fail(f"{name}: {command}")


@pytest.mark.parametrize("program", ["deploy/cluster.py", "benchmarks/run.py", "benchmarks/soak.py"])
def test_a_program_beside_the_site_starts(program, tmp_path):
    """From any folder, although it imports from two."""
    subprocess.run([sys.executable, ROOT / program, "--help"], cwd=tmp_path, timeout=30, check=True)


def test_a_backup_holds_what_there_was(site):
    *there, back = [line for line in commands("class.md") if "backup" in line]
    for command in there:
        run(site, command)
    Path(site.config["INSTANCE_DIR"], "site.db").unlink()
    run(site, back)
    assert "nothing to do" in run(site, "flask sample-users")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_of_settings_is_accepted(name, tmp_path):
    for block in blocks(text(name), "env"):
        given = dict(line.split("=", 1) for line in block.text.splitlines())
        assert set(given) <= SETTINGS
        config.load({"TESTING": True, "INSTANCE_DIR": str(tmp_path), **given})


@pytest.mark.parametrize("name", DOCUMENTS + ["lifting.md"])
def test_every_setting_and_file_that_is_named_exists(name):
    outside = re.sub(r"```.*?```", "", text(name), flags=re.DOTALL)
    assert set(re.findall(r"`([A-Z][A-Z_]{2,})`", outside)) <= SETTINGS | {"HANDLERS", "SETTINGS"} | REDIS_COMMANDS
    for path in re.findall(r"`((?:tests|presence|static|courses|templates|accounts)/[\w/.]*)`", outside):
        assert (ROOT / path).exists(), f"{name} names {path}"
    for module in re.findall(r"`(\w+\.py)`", outside):
        assert any(found(part, module) for part in ("app.py", "presence", "replay", "tests", "web")), (
            f"{name} names {module}"
        )


def found(part: str, module: str) -> list[Path]:
    folder = ROOT / part
    return list(folder.rglob(module)) if folder.is_dir() else [folder] if folder.name == module else []


NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")


@pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning")
@pytest.mark.skipif(not (NGINX and shutil.which("openssl")), reason="There is no nginx, or no openssl.")
def test_the_proxy_of_class_passes_pages_and_sockets_over_tls(tmp_path):
    site = RunningSite(tmp_path, TRUSTED_PROXIES="1", ALLOWED_HOSTS="example.org")
    proxy, port = start_proxy(tmp_path, site.port)
    try:
        cookies = sign_in(f"https://127.0.0.1:{port}")
        assert all(cookie.secure for cookie in cookies)
        options = {"host": "example.org", "origin": "https://example.org", "sslopt": {"cert_reqs": 0}, "timeout": 10}
        address = f"wss://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket"
        wire = websocket.create_connection(address, cookie=f"session={cookies['session']}", **options)
        assert wire.recv().startswith("0")
        wire.close()
    finally:
        proxy.terminate()
        proxy.wait(timeout=10)
        site.stop()


def sign_in(url: str):
    """The cookies of someone who signs in at example.org, which is found at `url`, its certificate being its own."""
    browser = requests.Session()
    browser.verify = browser.trust_env = False
    browser.headers.update(
        {"Host": "example.org", "Origin": "https://example.org", "Referer": "https://example.org/login"}
    )
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(f"{url}/login", timeout=10).text)[1]
    form = {"username": "ada", "password": "learn-together", "csrf_token": token}
    answer = browser.post(f"{url}/login", data=form, allow_redirects=False, timeout=10)
    assert answer.status_code == 303, answer.text
    return browser.cookies


def start_proxy(folder: Path, site_port: int) -> tuple[subprocess.Popen, int]:
    subject = ["-subj", "/CN=example.org", "-keyout", f"{folder}/privkey.pem", "-out", f"{folder}/fullchain.pem"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *subject],
        check=True, capture_output=True,
    )  # fmt: skip
    port = free_port()
    server = blocks(text("class.md"), "nginx")[0].text
    server = server.replace("/etc/letsencrypt/live/example.org", str(folder))
    server = server.replace("listen 443", f"listen 127.0.0.1:{port}").replace(":5000", f":{site_port}")
    places = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{place}_temp_path {folder}/{place};" for place in places)
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log off; {temporary}\n{server}}}\n"
    )
    command = [NGINX, "-c", f"{folder}/nginx.conf", "-e", f"{folder}/error.log"]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    proxy = subprocess.Popen(command)
    for _ in range(100):
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        time.sleep(0.05)
    return proxy, port
