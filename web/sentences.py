"""The sentences that both the server and the live page write: `sentence("left", n=2)`, in templates and in Python.

They are stored once, as JSON inside static/js/presence/model/sentences.js, which the browser imports as it is.
"""

import json
from pathlib import Path

from flask import Flask

SOURCE = Path(__file__).parents[1] / "static" / "js" / "presence" / "model" / "sentences.js"


def init_app(app: Flask) -> None:
    app.jinja_env.globals["sentence"] = sentence


def load(source: str) -> dict[str, str | list[str]]:
    """The JSON object that a module exports."""
    return json.JSONDecoder().raw_decode(source, source.index("= {") + 2)[0]


SENTENCES = load(SOURCE.read_text(encoding="utf-8"))


def sentence(name: str, **values: object) -> str:
    """The sentence with its values filled in; `n` chooses between singular and plural."""
    pattern = SENTENCES[name]
    if isinstance(pattern, list):
        pattern = pattern[0 if values.get("n") == 1 else -1]
    return pattern.format(**values)
