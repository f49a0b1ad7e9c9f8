"""A broken file stops the start, with the file, the line where there is one, and what is wrong."""

import pytest

from courses import CatalogError
from tests.helpers.app import INDEX, LESSON, make_content, make_small_app, write

FIRST = "content/web/01-basics/01-first.md"
END = "\n## Exercise\n\nTry it.\n"
TOP = "---\ntitle: T\nsummary: S.\n---\n"


def message(read):
    with pytest.raises(CatalogError) as error:
        read()
    return str(error.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\nsummary: S.\n---\n" + END, ": It has no title."),
        ("---\ntitle: T\n---\n" + END, ": It has no summary."),
        ("---\n---\n" + END, ": It has no title."),
        ("---\ntitle:\nsummary: S.\n---\n" + END, ", line 2: The title must be a text."),
        ("---\nsummary: S.\ntitle: [a, b]\n---\n" + END, ", line 3: The title must be a text."),
        (
            "---\ntitle: T\nsumary: S.\n---\n" + END,
            ", line 3: Unknown key 'sumary'; known are title, summary, reactions, ",
        ),
        ("---\ntitle: T\ntitle: U\nsummary: S.\n---\n", ", line 3: The key 'title' is there twice."),
        ("---\ntitle: a: b\nsummary: S.\n---\n", ", line 2: The front matter is not valid YAML: mapping values"),
        ("---\ntitle: T\nsummary: 'open\n---\n", ", line 4: The front matter is not valid YAML: found unexpected end"),
        ("---\n- title\n---\n", ", line 2: The front matter must be lines of `key: value`."),
        ("---\ntitle: T\n", ", line 1: The front matter has no closing line of ---."),
        ("# T\n" + END, ", line 1: It must start with front matter"),
        ("", ", line 1: It must start with front matter"),
        (TOP + "Text.\n", ": A lesson ends with the heading `## Exercise`."),
        (TOP + END + "\n## After\n", ": A lesson ends with the heading `## Exercise`."),
        (TOP + "\n# Big\n" + END, ", line 6: The heading 'Big' must start with ##"),
    ],
)
def test_broken_front_matter_or_headings(read, content, tmp_path, text, expected):
    write(tmp_path / FIRST, text)
    assert message(read).startswith(FIRST + expected)


@pytest.mark.parametrize(
    ("link", "problem"),
    [
        ("[a](02-nope.md)", "The link '02-nope.md' leads nowhere."),
        ("[a](../../../secret.md)", "The link '../../../secret.md' leads nowhere."),
        ("[a](/courses/web/nope)", "The link '/courses/web/nope' leads nowhere."),
        ("[a](/login)", "The link '/login' leads nowhere."),
        ("[a](02-second.md#nope)", "The link '02-second.md#nope' leads to a page that has no '#nope'."),
        ("[a](#nope)", "The link '#nope' leads to a page that has no '#nope'."),
        ("[a](/courses/web#nope)", "The link '/courses/web#nope' leads to a page that has no '#nope'."),
        ("[a](javascript:alert)", "The link 'javascript:alert' leads nowhere."),
        ("[a](//evil.example)", "The link '//evil.example' leads nowhere."),
        ("[a](file:nope.py)", "The link 'file:nope.py' names a file that this repository does not have."),
        ("[a](file:content)", "The link 'file:content' names a file that this repository does not have."),
        ("[a](file:../x.py)", "The link 'file:../x.py' must name a source file of this repository."),
        ("[a](file:.env)", "The link 'file:.env' must name a source file of this repository."),
        ("[a](file:instance/secret_key)", "The link 'file:instance/secret_key' must name a source file"),
        ("[a](file:///etc/passwd)", "The link 'file:///etc/passwd' must name a source file"),
        (
            "![a](https://else.example/a.png)",
            "The picture 'https://else.example/a.png' must lie in /static/ or beside the lesson.",
        ),
        ("![a](/static/nope.png)", "The file '/static/nope.png' does not exist."),
        ("![a](/static/../content/web/course.md)", "The file '/static/../content/web/course.md' does not exist."),
    ],
)
def test_dead_link_is_named_with_its_line(read, tmp_path, link, problem):
    write(tmp_path / FIRST, TOP + f"\nOne line,\nand {link} on the next.\n{END}")
    assert message(read).startswith(f"{FIRST}, line 7: {problem}")


def test_duplicate_lesson_slug_names_both_files(read, content):
    write(content / "web/01-basics/03-first.md", LESSON.format(title="Again"))
    assert message(read) == f"content/web/01-basics/03-first.md: Its slug 'first' is that of {FIRST} too."


def test_duplicate_section_slug_names_both_files(read, content):
    write(content / "web/03-basics/section.md", INDEX.format(title="Again"))
    write(content / "web/03-basics/01-a.md", LESSON.format(title="A"))
    assert message(read).startswith(
        "content/web/03-basics: Its slug 'basics' is that of content/web/01-basics/section.md"
    )


def test_section_without_lessons(read, content):
    (content / "web/02-rooms/01-third.md").unlink()
    assert message(read) == "content/web/02-rooms/section.md: The section is empty: it has no lesson."


def test_course_without_sections(read, content):
    write(content / "art/course.md", INDEX.format(title="Art"))
    assert message(read) == "content/art/course.md: The course has no section."


@pytest.mark.parametrize("name", ["web/course.md", "web/01-basics/section.md"])
def test_missing_index_file(read, content, name):
    (content / name).unlink()
    assert message(read) == f"content/{name}: The file is missing."


@pytest.mark.parametrize("name", ["web/01-basics/notes.md", "web/01-basics/03-Two Words.md", "web/01-basics/03-.md"])
def test_file_with_a_name_that_makes_no_slug(read, content, name):
    write(content / name, LESSON.format(title="X"))
    assert message(read) == f"content/{name}: Its name must be a number, a hyphen and a slug, like 02-rooms."


def test_course_folder_with_a_name_that_makes_no_slug(read, content):
    write(content / "The Web/course.md", INDEX.format(title="X"))
    assert "content/The Web: A course folder is named with small letters" in message(read)


@pytest.mark.parametrize(
    ("order", "problem"), [("first", "not 'first'"), ("1.5", "not '1.5'"), ("[1]", "must be a text")]
)
def test_order_that_is_no_number(read, content, order, problem):
    write(content / "web/course.md", f"---\ntitle: T\nsummary: S.\norder: {order}\n---\n")
    assert message(read).startswith("content/web/course.md, line 4: The order must be a")
    assert problem in message(read)


def test_file_that_is_no_utf8(read, tmp_path):
    (tmp_path / FIRST).write_bytes(b"---\ntitle: \xff\n---\n")
    assert message(read).startswith(f"{FIRST}: It is not UTF-8 text: invalid start byte at byte 11.")


def test_missing_folder(read, content):
    content.rename(content.with_name("elsewhere"))
    assert message(read) == "content: The folder of the courses is missing."


def test_broken_file_stops_the_site(tmp_path):
    make_content(tmp_path / "content")
    write(tmp_path / "broken" / "web" / "course.md", "no front matter")
    with pytest.raises(CatalogError, match=r"broken/web/course\.md, line 1"):
        make_small_app(tmp_path, CONTENT_DIR=str(tmp_path / "broken"))
