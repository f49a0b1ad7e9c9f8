"""The report of reactions to instructors and authors: the chapters where people are lost, from two people on."""

from tests.live.conftest import LESSON, words

WEEK = 7 * 86_400


def lose(*readers, at="gaps"):
    for one in readers:
        assert one.post(f"{LESSON}/reactions", at=at, kind="lost", on="1").status_code == 303


def test_the_class_page_says_where_people_were_lost_this_week(site, readers, reader):
    margaret = reader("margaret")
    lose(*readers[:3])
    lose(*readers[:2], at="opinions")
    lose(readers[0], at="exercise")
    page = words(margaret.browser.get("/class/web").text)
    assert "Gaps States and diffs 3 Opinions States and diffs 2" in page
    assert "3 lost in “Gaps”" in page
    assert "lost in “Exercise”" not in page
    site.advance(WEEK + 1)
    assert "Lost this week" not in margaret.browser.get("/class/web").text


def test_the_author_reads_the_reactions_in_the_shell(site, readers):
    run = site.app.test_cli_runner().invoke
    assert run(args=["reactions", "web"]).output == "No one has reacted yet.\n"
    lose(*readers[:2])
    readers[0].post(f"{LESSON}/reactions", at="gaps", kind="clap", on="1")
    readers[0].post(f"{LESSON}/reactions", at="", kind="aha", on="1")
    assert run(args=["reactions", "web"]).output == (
        "States and diffs  (web/state/diffs)\n  The whole lesson: 1 aha\n  Gaps: 1 clap, 2 lost\n"
    )
    refused = run(args=["reactions", "nope"])
    assert (refused.exit_code, refused.output) == (1, "Error: There is no course 'nope'.\n")
