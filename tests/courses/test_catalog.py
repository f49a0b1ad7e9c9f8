import pytest

from courses import Course, Lesson, Section, url
from tests.helpers.app import INDEX, LESSON, write

LESSONS = ["web/basics/first", "web/basics/second", "web/rooms/third"]


def test_slugs_are_names_without_their_numbers(read):
    [course] = read().courses
    assert (course.slug, course.title, course.summary) == ("web", "The Web", "A sentence.")
    assert [section.place for section in course.sections] == ["web/basics", "web/rooms"]
    assert [lesson.place for lesson in course.lessons] == LESSONS


def test_numbers_count_from_one_whatever_the_files_say(read, content):
    (content / "web/01-basics/02-second.md").rename(content / "web/01-basics/20-second.md")
    lessons = read().course("web").sections[0].lessons
    assert [(lesson.number, lesson.slug) for lesson in lessons] == [(1, "first"), (2, "second")]


def test_order_is_that_of_the_numbers_and_not_of_the_letters(read, content):
    write(content / "web/01-basics/10-late.md", LESSON.format(title="Late"))
    (content / "web/01-basics/02-second.md").rename(content / "web/01-basics/9-second.md")
    assert [lesson.slug for lesson in read().course("web").sections[0].lessons] == ["first", "second", "late"]


def test_courses_come_in_their_order(read, content):
    for slug, order in (("art", 3), ("zoo", 1)):
        write(content / slug / "course.md", f"---\ntitle: {slug}\nsummary: S.\norder: {order}\n---\n")
        write(content / slug / "01-a/section.md", INDEX.format(title="A"))
        write(content / slug / "01-a/01-b.md", LESSON.format(title="B"))
    assert [course.slug for course in read().courses] == ["web", "zoo", "art"]


def test_every_place_is_found_and_nothing_else(read):
    catalog = read()
    assert catalog.find("") is catalog
    assert isinstance(catalog.find("web"), Course)
    assert isinstance(catalog.find("web/rooms"), Section)
    assert isinstance(catalog.find("web/rooms/third"), Lesson)
    for place in (
        "nope",
        "web/",
        "/web",
        "web/nope",
        "web/basics/third",
        "web/../web",
        "web/basics/first/x",
        None,
        1,
        [],
    ):
        assert catalog.find(place) is None


def test_lookup_by_parts_finds_its_own_kind_only(read):
    catalog = read()
    assert catalog.course("web").place == "web"
    assert catalog.section("web", "rooms").title == "Rooms"
    assert catalog.lesson("web", "rooms", "third").title == "Third steps"
    assert catalog.course("web/rooms") is None
    assert catalog.course("") is None
    assert catalog.section("web", "rooms/third") is None


def test_neighbours_cross_section_borders_and_stay_in_the_course(read):
    catalog = read()
    assert [catalog.neighbours(place) for place in LESSONS] == [
        (None, "web/basics/second"),
        ("web/basics/first", "web/rooms/third"),
        ("web/basics/second", None),
    ]
    assert catalog.neighbours("web") == (None, None)
    assert catalog.neighbours("nope") == (None, None)


def test_titles_name_every_place(read):
    titles = read().titles()
    assert set(titles) == {"", "web", "web/basics", "web/rooms", *LESSONS}
    assert titles["web/rooms/third"] == "Third steps"


@pytest.mark.parametrize(
    ("place", "address"),
    [("", "/"), ("web", "/courses/web"), ("web/rooms", "/courses/web#rooms"), ("web/a/b", "/courses/web/a/b")],
)
def test_url_of_a_place(place, address):
    assert url(place) == address
