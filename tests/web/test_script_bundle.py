"""A script and its imports in one file: it runs as the modules would, and each of them once."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.helpers.app import Site
from web.script_bundle import bundle

SCRIPTS = Path(__file__).parents[2] / "static/js"
# What a page or site/live_features.js asks for by itself.
ENTRIES = [SCRIPTS / "main.js", SCRIPTS / "classroom/main.js", *sorted((SCRIPTS / "live").glob("*.js"))]
TEMPLATES = Path(__file__).parents[2] / "templates"
SITE_SCRIPTS = (
    "js/theme-early.js",
    "js/main.js",
    "js/site/turbo_csp.js",
    "vendor/turbo/turbo.es2017-esm.js",
    "vendor/socket.io-client/socket.io.esm.min.js",
)
SCRIPT_BYTES = 80_000
MODULES = {
    "vendor/log.js": "export const log = (line) => console.log(line);",
    "js/main.js": """import { log } from "../vendor/log.js";
import * as counter from "./model/counter.js";
import { add as addOne, Total } from "./model/counter.js";
import { load } from "./net/load.js";
addOne();
log(`main ${counter.add()} ${new Total().value}`);
load("lamp");""",
    "js/model/counter.js": """import { log } from "../../vendor/log.js";
let count = 0;
log("counter runs");
export function add() { return (count += 1); }
export class Total { value = count; }
export const START = 7;""",
    "js/net/load.js": "export async function load(name) { await import(`../live/${name}.js`); }",
    "js/live/lamp.js": """import { add, START } from "../model/counter.js";
import { name } from "./lamp/name.js";
console.log(`${name} ${add()} ${START}`);
export function arrive() {}""",
    "js/live/lamp/name.js": """export const name = "lamp";""",
}


@pytest.fixture
def written(tmp_path):
    for name, text in MODULES.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "site"


def served(site, target):
    """The script that the server sends of `site`, written to `target`."""
    for path in site.rglob("*.js"):
        copy = target / path.relative_to(site)
        copy.parent.mkdir(parents=True, exist_ok=True)
        scripts = site / "js"
        copy.write_bytes(bundle(path, scripts) if path.is_relative_to(scripts) else path.read_bytes())
    return target


def run(site):
    (site / "package.json").write_text('{"type": "module"}')
    done = subprocess.run(["node", site / "js/main.js"], capture_output=True, text=True, timeout=20, check=True)
    return done.stdout.splitlines()


def test_a_bundle_runs_as_its_modules_do(written, tmp_path):
    bundled = served(written, tmp_path / "served")
    for name in ("model", "net", "live/lamp"):
        for path in (bundled / "js" / name).glob("*.js"):
            path.unlink()
    assert run(bundled) == run(written) == ["counter runs", "main 2 2", "lamp 3 7"]


def test_a_module_of_main_is_sent_as_it_is(written):
    path = written / "js/model/counter.js"
    assert bundle(path, written / "js") == path.read_bytes()


def test_a_module_that_imports_itself_is_named(written):
    (written / "js/live/lamp/name.js").write_text(
        'import { arrive } from "../lamp.js";\nexport const name = arrive.name;'
    )
    with pytest.raises(ValueError, match=r"live/lamp\.js imports itself: .*name\.js -> live/lamp\.js\."):
        bundle(written / "js/live/lamp.js", written / "js")


@pytest.mark.parametrize("path", ENTRIES, ids=lambda path: path.relative_to(SCRIPTS).as_posix())
def test_every_script_of_the_site_can_be_put_together(path):
    text = bundle(path, SCRIPTS).decode()
    subprocess.run(["node", "--check", "--input-type=module", "-"], input=text, text=True, timeout=20, check=True)
    names = re.findall(r"^const (\w+) = \(\(\) => \{$", text, re.MULTILINE)
    assert len(names) == len(set(names))
    left = set(re.findall(r'^import .*? from "(.*?)";$', text, re.MULTILINE))
    assert all(re.search(r"/vendor/|/main\.js$|/turbo_csp\.js$", path) for path in left)


@pytest.mark.parametrize("path", sorted(SCRIPTS.rglob("*.js")), ids=lambda path: path.relative_to(SCRIPTS).as_posix())
def test_no_module_has_an_import_or_export_that_a_bundle_would_miss(path):
    lines = re.findall(r"^(?:import|export)\b.*$", path.read_text(), re.MULTILINE)
    plain = re.compile(r'import (\* as \w+|\{ [^}]+ \}) from "\.[^"]+";|export (async )?(function|class|const) \w+.*')
    assert [line for line in lines if not plain.fullmatch(line)] == []


@pytest.mark.parametrize("path", sorted(SCRIPTS.rglob("*.js")), ids=lambda path: path.relative_to(SCRIPTS).as_posix())
def test_no_text_of_a_module_goes_over_lines_which_would_lose_their_indentation(path):
    assert [line for line in path.read_text().splitlines() if line.count("`") % 2] == []


def test_a_lesson_with_every_live_feature_loads_at_most_80_kilobytes(tmp_path):
    visitor = Site(tmp_path).app.test_client()
    features = set(re.findall(r'data-live="(\w+)"', "".join(path.read_text() for path in TEMPLATES.rglob("*.html"))))
    assert {"polls", "pointers", "reactions", "timer"} <= features
    names = [*SITE_SCRIPTS, "js/live/watching.js", *(f"js/live/{name}.js" for name in features)]
    sizes = {name: len(visitor.get(f"/static/{name}", headers={"Accept-Encoding": "br"}).data) for name in names}
    assert sum(sizes.values()) <= SCRIPT_BYTES, sizes
