"""The page of a lesson with a video: the browser's own player, and a frame of YouTube only where one was written."""

import re

import pytest

from tests.helpers.app import INDEX, Site, make_content, make_small_app, write
from tests.helpers.clients import WebClient

YOUTUBE = "```video\nid: talk\nsrc: youtube:dQw4w9WgXcQ\ntitle: A talk\nlength: 3600\n```\n"

RELOAD = '<meta name="turbo-visit-control" content="reload">'


@pytest.fixture
def page(tmp_path):
    return Site(tmp_path).browser().get("/courses/web/rooms/leave")


def test_the_player_works_without_javascript(page):
    html = page.text
    assert '<video class="video-player" controls playsinline preload="metadata"' in html
    bare = re.sub(r"\?v=[0-9a-f]{12}", "", html)
    assert bare != html
    assert '<source src="/media/web/rooms/short.webm" type="video/webm">' in bare
    assert '<track kind="captions" src="/media/web/rooms/short.en.vtt" srclang="en"' in bare
    assert 'poster="/media/web/rooms/short.webp"' in bare
    assert "Six seconds" in html
    assert "0:06" in html


def test_one_who_saves_data_loads_nothing_of_it_before_playing(tmp_path):
    page = Site(tmp_path).browser().get("/courses/web/rooms/leave", headers={"Save-Data": "on"})
    assert '<video class="video-player" controls playsinline preload="none"' in page.text


def test_every_file_of_the_video_is_served(tmp_path):
    browser = Site(tmp_path).browser()
    types = {"short.webm": "video/webm", "short.en.vtt": "text/vtt", "short.webp": "image/webp"}
    for name, mimetype in types.items():
        answer = browser.get(f"/media/web/rooms/{name}")
        assert (answer.status_code, answer.mimetype) == (200, mimetype)


def test_a_video_is_not_compressed(tmp_path):
    answer = Site(tmp_path).browser().get("/media/web/rooms/short.en.vtt", headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in answer.headers


def test_no_frame_of_another_site_is_allowed(page):
    assert "frame-src" not in page.headers["Content-Security-Policy"]


def test_a_youtube_video_is_a_facade_and_widens_the_policy_of_its_lesson_alone(tmp_path):
    content = make_content(tmp_path / "own")
    ending = "\n## Exercise\n\nTry it.\n"
    write(content / "web/01-basics/01-first.md", INDEX.format(title="T") + YOUTUBE + ending)
    site = make_small_app(tmp_path, CONTENT_DIR=str(content), VIDEO_HOSTS="youtube")
    page = WebClient(site).get("/courses/web/basics/first")
    assert "frame-src https://www.youtube-nocookie.com;" in page.headers["Content-Security-Policy"] + ";"
    assert "script-src 'self';" in page.headers["Content-Security-Policy"]
    assert "Play from YouTube, which then sees your IP address" in page.text
    assert "<iframe" not in page.text
    assert RELOAD in page.text
    for other in ("/", "/courses/web/basics/second"):
        answer = WebClient(site).get(other)
        assert "frame-src" not in answer.headers["Content-Security-Policy"]
        assert RELOAD not in answer.text
