"""Drawn portraits: the same seed gives the same face, and a class of thirty has thirty different ones."""

import re
from itertools import combinations
from xml.etree import ElementTree

import pytest

from accounts.portraits import draw

NAMES = [
    "Ada", "Grace", "Alan", "Katherine", "Dennis", "Barbara", "Margaret", "Tim", "Hedy", "Noor", "Kim", "Omar",
    "Lucía", "Wei", "Priya", "Jonas", "Fatima", "Sven", "Amara", "Yuki", "Diego", "Olga", "Ravi", "Chloé", "Tariq",
    "Ingrid", "Kofi", "Mei", "Pablo", "Zoë",
]  # fmt: skip


def test_thirty_names_are_thirty_faces():
    faces = [draw(name) for name in NAMES]
    assert len(set(faces)) == len(NAMES) == 30
    # Two faces differ in more than a button: the pieces that they do not share.
    assert min(len({*a.splitlines()} ^ {*b.splitlines()}) for a, b in combinations(faces, 2)) >= 4


@pytest.mark.parametrize("seed", ["", "Ada", "é\u202e<script>", "x" * 999])
def test_a_portrait_is_a_small_drawing_of_its_seed_alone(seed):
    face = draw(seed)
    assert face == draw(seed)
    assert len(face) < 4_000
    assert {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(face).iter()} <= {  # noqa: S314  our own
        "svg", "g", "path", "circle",
    }  # fmt: skip
    assert not re.search(r"script|href|url\(|style", face)


def test_a_portrait_is_there_for_anyone_and_only_under_a_seed(visitor):
    answer = visitor.get("/avatars/drawn/0123abcd.svg")
    assert (answer.status_code, answer.text) == (200, draw("0123abcd"))
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    for seed in ("0123abc", "0123ABCD", "0123abcde", "..%2f..%2f", "nobody00"):
        assert visitor.get(f"/avatars/drawn/{seed}.svg").status_code == 404
