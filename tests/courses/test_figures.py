"""A section's figure: an SVG beside it, used on the course page so that it takes the page's colours."""

import re
from pathlib import Path

import pytest

from courses import CatalogError
from courses.loader import load
from tests.helpers.app import write

SAMPLES = Path(__file__).parents[2] / "courses/content"
SECTION = "---\ntitle: T\nsummary: S.\nfigure: drawing.svg\n---\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><symbol id="figure" viewBox="0 0 320 160"></symbol></svg>'


def section_of(content):
    return next(content.glob("*/*/section.md"))


def test_a_figure_has_an_address_and_is_used_by_the_course_page(content, read):
    write(section_of(content), SECTION)
    write(section_of(content).with_name("drawing.svg"), DRAWING)
    section = read().courses[0].sections[0]
    assert re.fullmatch(r"/media/[a-z-]+/[a-z-]+/drawing\.svg\?v=[0-9a-f]{12}#figure", section.figure)


@pytest.mark.parametrize(
    ("drawing", "problem"),
    [
        (None, "The file 'drawing.svg' does not exist."),
        ("<svg></svg>", "The figure 'drawing.svg' has no symbol with the id 'figure'."),
    ],
)
def test_a_figure_that_cannot_be_shown_is_a_fault(content, read, drawing, problem):
    write(section_of(content), SECTION)
    if drawing:
        write(section_of(content).with_name("drawing.svg"), drawing)
    with pytest.raises(CatalogError, match=re.escape(problem)):
        read()


def test_every_section_of_the_samples_has_a_figure_in_the_colours_of_the_page():
    sections = [section for course in load(SAMPLES, SAMPLES.parents[1]).courses for section in course.sections]
    assert all(section.figure for section in sections)
    colours = set()
    for path in SAMPLES.rglob("figure.svg"):
        text = path.read_text()
        assert "<text" not in text
        assert "<style" not in text
        colours |= set(re.findall(r'(?:fill|stroke)="(?!none)([^"]*)"', text))
    roles = (SAMPLES.parents[1] / "static/css/roles.css").read_text()
    assert all(f"{colour[4:-1]}:" in roles for colour in colours), colours
