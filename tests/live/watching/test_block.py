"""The `video` block of an author, and the sentence for each thing in it that cannot be used."""

import pytest

from courses import BlockKind, CatalogError
from courses.loader import load
from live.watching.block import LARGEST_BYTES, Parser
from tests.helpers.app import INDEX, make_content, write

FIRST = "content/web/01-basics/01-first.md"
LINES = {
    "id": "diffs",
    "src": "media/diffs.webm",
    "title": "A state and its diffs, drawn",
    "length": "94",
    "captions": "media/diffs.en.vtt",
}


@pytest.fixture
def media(tmp_path):
    folder = make_content(tmp_path / "content") / "web/01-basics/media"
    folder.mkdir()
    for name in ("diffs.webm", "diffs.mp4", "diffs.en.vtt", "diffs.webp", "notes.txt"):
        (folder / name).write_bytes(b"x")
    return folder


@pytest.fixture
def video(media, tmp_path):
    """The video of a block with these keys; `None` leaves one out."""

    def video(hosts=(), text=None, **keys):
        lines = {**LINES, **keys}
        text = text or "".join(f"{key}: {value}\n" for key, value in lines.items() if value is not None)
        top = INDEX.format(title="T")
        write(tmp_path / FIRST, f"{top}```video\n{text}```\n\n## Exercise\n\nTry it.\n")
        catalog = load(tmp_path / "content", tmp_path, {"video": BlockKind(Parser(hosts).parse, "video.html")})
        video.media = catalog.media
        (block,) = [part for part in catalog.lesson("web", "basics", "first").parts if hasattr(part, "kind")]
        return block.value

    return video


def test_a_video_of_the_site(video, media):
    found = video(poster="media/diffs.webp")
    assert (found.id, found.title, found.length) == ("diffs", "A state and its diffs, drawn", 94.0)
    assert (found.sources, found.youtube, found.language, found.has_chat) == (("media/diffs.webm",), "", "en", True)
    assert video.media == {f"web/basics/{name}": media / name for name in ("diffs.webm", "diffs.en.vtt", "diffs.webp")}


def test_several_files_of_one_video_and_no_chat(video):
    found = video(src="[media/diffs.webm, media/diffs.mp4]", chat="off", length="93.5")
    assert found.sources == ("media/diffs.webm", "media/diffs.mp4")
    assert [found.type_of(source) for source in found.sources] == ["video/webm", "video/mp4"]
    assert (found.has_chat, found.length) == (False, 93.5)


@pytest.mark.parametrize(
    ("keys", "line", "problem"),
    [
        ({"id": None}, 0, "The video has no id."),
        ({"id": "A b"}, 1, "The id 'A b' must be lowercase letters, digits and hyphens."),
        ({"src": None}, 0, "The video has no src."),
        ({"src": "media/none.webm"}, 2, "The file 'media/none.webm' does not exist."),
        ({"src": "media/notes.txt"}, 2, "The src 'media/notes.txt' must end with .webm or .mp4."),
        ({"src": "/etc/passwd.mp4"}, 2, "The file '/etc/passwd.mp4' must lie beside the lesson."),
        ({"src": "media/../../x.mp4"}, 2, "must lie beside the lesson."),
        ({"src": "https://example.org/a.mp4"}, 2, "must lie beside the lesson."),
        ({"src": "[]"}, 2, "The src must name a file."),
        ({"src": "{a: b}"}, 2, "The src must be a text."),
        ({"title": None}, 0, "The video has no title."),
        ({"length": None}, 0, "The video has no length."),
        ({"length": "0"}, 4, "The length must be a number of seconds, not '0'."),
        ({"length": "1:34"}, 4, "The length must be a number of seconds, not '1:34'."),
        ({"length": "-3"}, 4, "The length must be a number of seconds, not '-3'."),
        ({"src": "media/" + "a" * 300 + ".webm"}, 2, "does not exist."),
        ({"title": '"\\ud800"'}, 3, "The video is not valid YAML: a text holds a character that no page can show."),
        ({"title": '"a\\0b"'}, 3, "The video is not valid YAML: a text holds a character that no page can show."),
        ({"title": "[" * 3_000}, 0, "The video is not valid YAML: it is nested too deep."),
        ({"length": "\u0666"}, 4, "The length must be a number of seconds, not '\u0666'."),
        ({"length": ".inf"}, 4, "The length must be a number of seconds, not '.inf'."),
        ({"captions": None}, 0, "The video 'diffs' has no captions."),
        ({"captions": "media/diffs.webm"}, 5, "The captions 'media/diffs.webm' must end with .vtt."),
        ({"poster": "media/diffs.webm"}, 6, "The poster 'media/diffs.webm' must end with .webp or .png or .jpg."),
        ({"chat": "maybe"}, 6, "The chat must be on or off, not 'maybe'."),
        ({"sound": "off"}, 6, "Unknown key 'sound'; known are id, src, title, length, captions, poster, chat."),
        ({"src": "youtube:dQw4w9WgXcQ"}, 2, "'youtube:dQw4w9WgXcQ' needs the setting VIDEO_HOSTS=youtube."),
    ],
)
def test_what_cannot_be_used_is_named_with_its_line(video, keys, line, problem):
    with pytest.raises(CatalogError) as error:
        video(**keys)
    assert str(error.value).startswith(f"{FIRST}, line {5 + max(line, 1)}: ")
    assert str(error.value).endswith(problem)


def test_a_large_video_is_refused_without_being_read(video, media):
    with (media / "diffs.webm").open("wb") as file:
        file.truncate(LARGEST_BYTES + 11_000_000)
    with pytest.raises(CatalogError, match="The video 'diffs' is 61 MB; at most 50."):
        video()


def test_a_youtube_video_where_the_site_allows_it_needs_no_captions_of_ours(video):
    found = video(hosts={"youtube"}, src="youtube:dQw4w9WgXcQ", captions=None)
    assert (found.youtube, found.sources, found.files) == ("dQw4w9WgXcQ", (), ())


@pytest.mark.parametrize("name", ["youtube:", "youtube:short", "youtube:dQw4w9WgXcQ?autoplay", 'youtube:"><script>a'])
def test_a_youtube_id_is_eleven_letters(video, name):
    with pytest.raises(CatalogError, match="must be youtube: and an id of 11 letters"):
        video(hosts={"youtube"}, src=f"'{name}'", captions=None)
