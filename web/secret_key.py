"""The generated key that signs the cookies, in a file of the instance folder that its owner alone can read."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from web.setting_types import ConfigError


def read_or_make(folder: Path) -> str:
    """The key of the instance folder. Raises ConfigError for a file or a folder that cannot be used."""
    path = folder / "secret_key"
    try:
        if not path.exists():
            _write_once(path, secrets.token_hex(32))
        key = path.read_text().strip()
    except OSError as error:
        raise ConfigError(f"The secret key file '{path}' cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise ConfigError(f"The secret key file '{path}' holds no text.") from None
    if not key:
        raise ConfigError(f"The secret key file '{path}' is empty; delete it and a new one is made.")
    return key


def _write_once(path: Path, text: str) -> None:
    # Written beside it, then linked: of two processes that start at once, one wins and both read a complete key.
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
        _link(draft, path)
    except OSError as error:
        raise ConfigError(f"The secret key cannot be written to '{path.parent}': {error.strerror}.") from None
    finally:
        with suppress(OSError):
            draft.unlink()


def _link(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    except (OSError, NotImplementedError, AttributeError):
        # Some systems and file systems know no hard links. Two processes that start at once may then differ.
        if not path.exists():
            draft.replace(path)
