"""A lesson that was renamed keeps its address and its progress, if it says what it was."""

import pytest

from courses import CatalogError, finished_today, progress, warnings
from tests.helpers.app import LESSON, make_content, make_sample_app, make_small_app, write
from tests.helpers.clients import WebClient

OLD = "/courses/web/basics/first"


def renamed(text: str, formerly: str) -> str:
    return text.replace("summary:", f"formerly: {formerly}\nsummary:", 1)


@pytest.fixture
def ada(tmp_path):
    """Ada, who has done web/basics/first before anything is renamed."""
    site = make_sample_app(tmp_path)
    ada = WebClient(site)
    ada.sign_in("ada")
    ada.post(f"{OLD}/completion", OLD)
    return ada


@pytest.fixture
def after(tmp_path, ada):
    """`after(rename)` is Ada's browser on a site that was started after `rename(content)`."""

    def after(rename):
        folder = tmp_path / "after"
        content = make_content(folder / "content")
        rename(content)
        ada.site = make_small_app(tmp_path, tables=False, CONTENT_DIR=str(content), CONTENT_ROOT=str(folder))
        client = WebClient(ada.site)
        client.sign_in("ada")
        return client

    return after


def rename_lesson(content, formerly="web/basics/first"):
    (content / "web/01-basics/01-first.md").unlink()
    write(content / "web/01-basics/01-start.md", renamed(LESSON.format(title="Start"), formerly))


def rename_section(content):
    (content / "web/01-basics").rename(content / "web/01-ground")
    path = content / "web/01-ground/section.md"
    write(path, renamed(path.read_text(), "web/basics"))


def rename_course(content):
    (content / "web").rename(content / "net")
    path = content / "net/course.md"
    write(path, renamed(path.read_text(), "web"))


def rename_both(content):
    rename_lesson(content)
    rename_section(content)
    rename_course(content)


@pytest.mark.parametrize(
    ("rename", "place"),
    [
        (rename_lesson, "web/basics/start"),
        (lambda content: rename_lesson(content, "[web/older/one, web/basics/first]"), "web/basics/start"),
        (rename_section, "web/ground/first"),
        (rename_course, "net/basics/first"),
        (rename_both, "net/ground/start"),
    ],
)
def test_the_old_address_leads_to_the_new_one_and_what_was_done_stays_done(after, rename, place):
    ada = after(rename)
    answer = ada.get(OLD)
    assert (answer.status_code, answer.location) == (301, f"/courses/{place}")
    assert "Mark as not done" in ada.get(f"/courses/{place}").text
    assert warnings(ada.site) == []
    ada.post(f"/courses/{place}/completion", f"/courses/{place}", undo="1")
    assert "Mark as done" in ada.get(f"/courses/{place}").text


def test_a_section_and_a_course_lead_on_too(after):
    ada = after(rename_both)
    assert ada.get("/courses/web").location == "/courses/net"
    assert ada.get("/courses/web/basics").location == "/courses/net#ground"
    assert ada.get("/courses/web/nope").status_code == 404


def test_a_form_of_a_page_that_is_still_open_counts(after):
    ada = after(rename_lesson)
    ada.post(f"{OLD}/completion", "/account", undo="1")
    assert ada.post(f"{OLD}/completion", "/account").location == "/courses/web/basics/start"
    with ada.site.app_context():
        from accounts.models import find

        assert progress.done(find("ada")) == {"web/basics/start"}


def test_what_was_finished_today_counts_under_every_name(after, ada):
    for name in ("grace", "alan", "dennis"):
        one = WebClient(ada.site)
        one.sign_in(name)
        one.post(f"{OLD}/completion", OLD)
    site = after(rename_both).site
    with site.app_context():
        from accounts.models import find

        for place in ("net", "net/ground", "net/ground/start"):
            assert finished_today.finished_today(place, find("ada")) == 3, place


def test_the_start_says_how_many_people_have_finished_what_is_gone(after):
    site = after(lambda content: (content / "web/01-basics/01-first.md").unlink()).site
    [warning] = warnings(site)
    assert warning.startswith("1 person has finished 'web/basics/first', which is gone.")
    assert "formerly: web/basics/first" in warning


@pytest.mark.parametrize(
    ("formerly", "problem"),
    [
        ("web/basics/second", "It was formerly 'web/basics/second', which is a place of its own now."),
        ("web/basics", "which is a place of its own now."),
        ("old/section", "which cannot become 'web/basics/first': one is a section, the other a lesson."),
        ("Old Name", "The formerly must be an old place like web/basics/rooms, not 'Old Name'."),
        ("[web/rooms/gone]", "and so was 'web/rooms/third'."),
    ],
)
def test_an_old_place_that_cannot_be_is_a_fault(read, content, formerly, problem):
    write(content / "web/01-basics/01-first.md", renamed(LESSON.format(title="First"), formerly))
    if "gone" in formerly:
        write(content / "web/02-rooms/01-third.md", renamed(LESSON.format(title="Third"), formerly))
        problem = problem.replace("web/rooms/third", "web/basics/first")
    with pytest.raises(CatalogError) as error:
        read()
    assert problem in str(error.value)
