"""Numbers over time: the shape, the sentence and the table say the same."""

from classroom.chart import HEIGHT, HOUR, MINUTE, SPANS, Chart, chart

HOUR_SPAN, DAY_SPAN, MONTH_SPAN = SPANS
NOW = 1_700_000_000 // HOUR * HOUR + 30


def test_the_last_step_is_now_and_the_first_an_hour_ago():
    drawn = chart(HOUR_SPAN, {NOW - 30: 2, NOW - 30 - 59 * MINUTE: 5, NOW - 30 - 60 * MINUTE: 9}, NOW, 3)
    assert (drawn.values[0], drawn.values[-1], len(drawn.values)) == (5, 3, 60)
    assert 9 not in drawn.values


def test_a_step_is_the_most_of_its_minutes():
    drawn = chart(DAY_SPAN, {NOW - 30 - 15 * MINUTE: 2, NOW - 30 - 10 * MINUTE: 6}, NOW, 0)
    assert drawn.values[-2:] == (6, 0)


def test_the_sentence_names_the_most_and_when():
    assert chart(HOUR_SPAN, {NOW - 30 - 14 * MINUTE: 9}, NOW, 1).sentence == "Most at once: 9, 14 min ago."
    assert chart(HOUR_SPAN, {}, NOW, 4).sentence == "Most at once: 4, now."
    assert chart(HOUR_SPAN, {}, NOW, 0).sentence == "No one in the last hour."
    assert chart(MONTH_SPAN, {NOW - 30 - 72 * HOUR: 8}, NOW, 0).sentence == "Most at once: 8, 3 days ago."


def test_the_table_covers_the_whole_span_the_latest_first():
    rows = chart(HOUR_SPAN, {NOW - 30 - 59 * MINUTE: 5}, NOW, 3).rows
    assert (len(rows), rows[0], rows[-1]) == (6, ("0 to 10 min ago", 3), ("50 min to 1 h ago", 5))
    assert [len(chart(span, {}, NOW, 0).rows) for span in SPANS] == [6, 12, 15]


def test_the_path_stays_in_its_box():
    path = Chart(HOUR_SPAN, (0, 2, 8)).path
    assert path == f"M0 {HEIGHT} V60 h80 V45 h80 V0 h80 V60 Z"
