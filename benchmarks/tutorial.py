"""Flask's own tutorial, the blog "flaskr", as the source package of the installed Flask has it.

It is fetched with pip when it is first needed, into `packages/` (not in the repository), and runs unchanged.
"""

import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path

PACKAGES = Path(__file__).resolve().parent / "packages"


def folder() -> Path | None:
    """The folder that `import flaskr` needs in its path; None when the package cannot be fetched."""
    found = PACKAGES / f"flask-{version('flask')}" / "examples" / "tutorial"
    if not found.is_dir() and (archive := _fetch()):
        with tarfile.open(archive) as members:
            members.extractall(PACKAGES, filter="data")
    return found if found.is_dir() else None


def _fetch() -> Path | None:
    wanted = ["--no-deps", "--no-binary", "flask", f"flask=={version('flask')}", "--dest", PACKAGES]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", *wanted]
    subprocess.run([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)
    return next(PACKAGES.glob("flask-*.tar.gz"), None)
