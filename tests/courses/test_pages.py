import pytest

from tests.helpers.app import INDEX, LESSON, load_samples, make_small_app, write
from tests.helpers.clients import WebClient, words

FIRST = "/courses/web/basics/first"


@pytest.fixture
def ada(visitor):
    visitor.sign_in("ada")
    return visitor


def test_guest_reads_catalog_course_and_lesson(visitor):
    for path, title in (("/", "The Web"), ("/courses/web", "Second steps"), (FIRST, "First steps")):
        response = visitor.get(path)
        assert response.status_code == 200
        assert title in words(response)


def test_lesson_links_to_the_lessons_before_and_after(visitor):
    page = visitor.get("/courses/web/basics/second").text
    assert f'rel="prev" href="{FIRST}"' in page
    assert 'rel="next" href="/courses/web/rooms/third"' in page


@pytest.mark.parametrize("path", ["/", "/courses/web", FIRST, "/account"])
def test_a_page_holds_the_list_of_people_once(ada, path):
    page = ada.get(path).text
    assert page.count('id="people"') == page.count("data-presence ") == page.count("data-groups") == 1


def test_the_catalog_leads_to_each_section_and_has_the_people_beside_the_courses(ada):
    page = ada.get("/").text
    assert [page.count(f'href="/courses/web#{section}"') for section in ("basics", "rooms")] == [1, 1]
    assert page.index('class="beside"') < page.index('id="people"') < page.index("</main>")


def test_section_leads_to_its_part_of_the_course_page(visitor):
    assert visitor.get("/courses/web/rooms").location == "/courses/web#rooms"
    assert 'id="rooms"' in visitor.get("/courses/web").text


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/courses/nope", "No course at 'nope'."),
        ("/courses/web/nope", "No section at 'web/nope'."),
        ("/courses/web/basics/99-nope", "No lesson at 'web/basics/99-nope'."),
        ("/courses/web/rooms/first", "No lesson at 'web/rooms/first'."),
        ("/courses/web/basics/<script>", "No lesson at 'web/basics/<script>'."),
        ("/source/app.py", "No source file at 'app.py'."),
    ],
)
def test_place_that_does_not_exist_is_named(visitor, path, sentence):
    response = visitor.get(path)
    assert response.status_code == 404
    assert sentence in words(response)
    assert "<script>" not in response.text


@pytest.mark.parametrize(
    "path",
    [
        "/courses/..",
        "/courses/../app.py",
        "/courses/web/basics/..",
        "/courses/web/../../app.py",
        "/courses/web/basics/../../../../etc/passwd",
        "/courses/web/basics/..%2f..%2f..%2fapp.py",
        "/courses/web/basics/%2e%2e",
        "/courses/web/basics/first%00",
        "/courses/web/basics/01-first.md",
        "/courses/web/basics/\u00e4\ud83d\ude00".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
        "/source/..%2fapp.py",
        "/source/../instance/secret_key",
        "/source/%2e%2e/instance/secret_key",
        "/source//etc/passwd",
    ],
)
def test_path_that_climbs_out_finds_nothing(visitor, path):
    assert visitor.get(path, follow_redirects=True).status_code == 404


def test_source_shows_a_file_that_a_lesson_links_to(tmp_path):
    write(tmp_path / "pkg/part.py", "answer = 42\n")
    write(tmp_path / "content/web/03-more/section.md", INDEX.format(title="More"))
    lesson = LESSON.format(title="More").replace("Some text.", "[Part](file:pkg/part.py)")
    write(tmp_path / "content/web/03-more/01-more.md", lesson)
    visitor = WebClient(make_small_app(tmp_path))
    assert "answer" in words(visitor.get("/source/pkg/part.py"))


def test_places_are_told_to_scripts_with_an_etag(visitor):
    response = visitor.get("/courses/places.json")
    assert response.json["web/rooms/third"] == {"title": "Third steps", "url": "/courses/web/rooms/third"}
    assert response.json[""]["url"] == "/"
    again = visitor.get("/courses/places.json", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def done_in(visitor):
    """The number of lessons of the course that the catalog shows as done."""
    return words(visitor.get("/")).partition(" of 3 lessons done")[0].split()[-1]


def test_lesson_marked_done_stays_done_and_can_be_undone(ada, site):
    assert done_in(ada) == "0"
    response = ada.post(f"{FIRST}/completion", FIRST)
    assert (response.status_code, response.location) == (303, FIRST)
    ada.post(f"{FIRST}/completion", FIRST)
    assert done_in(ada) == "1"
    again = WebClient(site)
    again.sign_in("ada")
    assert done_in(again) == "1"
    ada.post(f"{FIRST}/completion", FIRST, undo="1")
    ada.post(f"{FIRST}/completion", FIRST, undo="1")
    assert done_in(ada) == "0"


@pytest.mark.parametrize("done", ["other", "web"])
def test_a_course_goes_on_only_where_a_lesson_of_it_is_done(tmp_path, done):
    site = make_small_app(tmp_path)
    write(tmp_path / "content/other/course.md", INDEX.format(title="Other"))
    write(tmp_path / "content/other/01-part/section.md", INDEX.format(title="Part"))
    for name in ("01-one", "02-two"):
        write(tmp_path / f"content/other/01-part/{name}.md", LESSON.format(title=f"Lesson {name[3:]}"))
    site.extensions["course_reloader"].reload()
    load_samples(site)
    ada = WebClient(site)
    ada.sign_in("ada")
    lesson = {"other": "/courses/other/part/one", "web": FIRST}[done]
    ada.post(f"{lesson}/completion", lesson)
    ways = {
        "other": ("Continue: Lesson two", "Start: First steps"),
        "web": ("Start: Lesson one", "Continue: Second steps"),
    }
    for course, way in zip(("other", "web"), ways[done], strict=True):
        assert way in words(ada.get(f"/courses/{course}"))
        assert way in words(ada.get("/"))


def test_progress_is_one_s_own(ada, site):
    ada.post(f"{FIRST}/completion", FIRST)
    grace = WebClient(site)
    grace.sign_in("grace")
    assert done_in(grace) == "0"


def test_guest_who_marks_a_lesson_signs_in_and_comes_back_to_it(visitor):
    response = visitor.post(f"{FIRST}/completion")
    assert response.status_code == 303
    assert response.location == "/login?next=/courses/web/basics/first"
    assert visitor.sign_in(next=FIRST).location == FIRST


def test_lesson_that_does_not_exist_cannot_be_done(ada):
    assert ada.post("/courses/web/basics/nope/completion", "/account").status_code == 404
    assert ada.post("/courses/web/basics/../completion", "/account").status_code == 404


def test_completion_is_a_form_and_no_link(ada):
    assert ada.get(f"{FIRST}/completion").status_code == 405


def test_lesson_done_in_two_tabs_at_once_is_done(site, monkeypatch):
    from accounts.models import find
    from courses import progress

    with site.app_context():
        progress.mark(find("ada"), "web/basics/first")
        monkeypatch.setattr(progress.db.session, "get", lambda *_: None)
        progress.mark(find("ada"), "web/basics/first")
        assert progress.done(find("ada")) == {"web/basics/first"}


def test_progress_goes_with_its_user(site):
    from accounts.models import find
    from courses import progress

    with site.app_context():
        ada = find("ada")
        progress.mark(ada, "web/basics/first")
        progress.db.session.delete(ada)
        progress.db.session.commit()
        assert progress.db.session.scalar(progress.db.select(progress.Completion)) is None
