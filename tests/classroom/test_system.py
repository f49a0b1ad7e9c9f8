"""The page about the system: who may open it, and what its cards say."""

import json
import re
from pathlib import Path

import pytest

from classroom.metric_card import CARDS, metric_cards

STEP = 5


def of(metric, readings):
    return next(one for one in metric_cards(readings, STEP) if one.spec.metric == metric)


@pytest.mark.parametrize("path", ["/class/system", "/class/system/numbers"])
def test_it_is_for_an_instructor_who_may_read_the_metrics(site, margaret, path):
    assert margaret.get(path).status_code == 200
    assert margaret.get(path, headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 403
    assert site.browser("ada").get(path).status_code == 403
    assert site.browser().get(path).status_code == 302


def test_the_way_there_is_shown_to_those_alone(margaret):
    assert 'href="/class/system"' in margaret.get("/class").text
    assert 'href="/class/system"' not in margaret.get("/class", headers={"X-Forwarded-For": "192.0.2.1"}).text


def test_every_figure_is_a_metric_that_exists(site, margaret):
    site.app.extensions["gauges"].read()
    (reading,) = site.app.extensions["gauges"].readings
    assert {spec.metric for spec in CARDS} <= set(reading)
    assert "hub_lag_seconds 0.0" in margaret.get("/metrics").text


def test_ten_minutes_are_kept(site):
    for _ in range(200):
        site.app.extensions["gauges"].read()
    assert len(site.app.extensions["gauges"].readings) == 121


def test_a_gauge_is_shown_as_it_is_and_a_counter_by_its_growth():
    readings = [{"presence_connections": 3, "presence_bytes_total": 0}, {"presence_connections": 7}]
    readings += [{"presence_connections": 5, "presence_bytes_total": 20_000}]
    sockets, sent = of("presence_connections", readings), of("presence_bytes_total", readings)
    assert (sockets.now, sockets.most) == ("5", "7")
    assert (sent.now, sent.values) == ("4 kB/s", (0.0, 4.0))


def test_what_is_rare_is_counted_over_the_whole_time():
    resyncs = of("presence_resyncs_total", [{"presence_resyncs_total": n} for n in (4, 4, 6, 7)])
    assert (resyncs.now, resyncs.when) == ("3", "in the last ten minutes")


def test_a_process_that_has_just_started_fills_the_end_of_its_shapes():
    sockets = metric_cards([{"presence_connections": 3}], STEP, length=4)[0]
    assert sockets.values == (0.0, 0.0, 0.0, 3.0)


def test_before_the_first_reading_everything_is_nothing():
    assert {one.now.split()[0] for one in metric_cards([], STEP)} == {"0"}


def test_the_dashboard_shows_every_figure_and_asks_for_nothing_that_does_not_exist(site):
    """The one for Grafana, in deploy/."""
    dashboard = json.loads((Path(site.app.root_path) / "deploy" / "grafana.json").read_text())
    queries = " ".join(target["expr"] for panel in dashboard["panels"] for target in panel["targets"])
    site.app.extensions["gauges"].read()
    asked = set(re.findall(r"\b(?:presence|hub)_\w+", queries))
    assert asked <= set(site.app.extensions["gauges"].readings[-1])
    assert {spec.metric for spec in CARDS} <= asked


def test_no_two_panels_of_the_dashboard_overlap(site):
    dashboard = json.loads((Path(site.app.root_path) / "deploy" / "grafana.json").read_text())
    boxes = [panel["gridPos"] for panel in dashboard["panels"]]
    cells = [(x, y) for b in boxes for x in range(b["x"], b["x"] + b["w"]) for y in range(b["y"], b["y"] + b["h"])]
    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) < 24
