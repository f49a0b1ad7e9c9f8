"""The courses of this very site: the start would stop at a broken file, so these tests ask for what it cannot see."""

import re
from collections import Counter
from textwrap import dedent, indent

import pytest

from courses import CONTENT
from courses.loader import load
from tests.helpers.app import make_small_app
from tests.helpers.clients import WebClient
from web.config import ROOT


@pytest.fixture(scope="module")
def catalog():
    return load(CONTENT, ROOT)


def test_content_has_the_courses_that_were_promised(catalog):
    sizes = [(len(course.sections), len(course.lessons)) for course in catalog.courses]
    assert len(sizes) == 2
    assert sizes[0] >= (4, 16)
    assert sizes[1] >= (2, 6)


def test_lesson_is_as_long_as_a_lesson_should_be(catalog):
    for course in catalog.courses:
        for lesson in course.lessons:
            text = re.sub(r"<pre.*?</pre>", "", lesson.html, flags=re.S)
            words = len(re.sub(r"<[^>]*>", " ", text).split())
            assert 250 <= words <= 600, f"{lesson.place} has {words} words."


def test_python_that_a_lesson_shows_compiles(catalog):
    for path in sorted(CONTENT.rglob("*.md")):
        for code in re.findall(r"^```python[^\n]*\n(.*?)^```", path.read_text(), flags=re.S | re.M):
            assert compiles(dedent(code)), f"{path.name} shows code that is not Python:\n{code}"


def compiles(code):
    """Whether it is Python as it stands or as the body of a function."""
    for whole in (code, "def excerpt(self):\n" + indent(code, "    ")):
        try:
            return compile(whole, "excerpt", "exec") is not None
        except SyntaxError:
            continue
    return False


def test_no_page_has_an_id_twice(catalog, tmp_path):
    visitor = WebClient(make_small_app(tmp_path, CONTENT_DIR=str(CONTENT), CONTENT_ROOT=str(ROOT)))
    urls = [item.url for course in catalog.courses for item in (course, *course.lessons)]
    for url in ["/", *urls]:
        response = visitor.get(url)
        assert response.status_code == 200
        ids = Counter(re.findall(r'\bid="([^"]*)"', response.text))
        assert [name for name, count in ids.items() if count > 1] == [], url
