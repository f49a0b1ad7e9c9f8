"""The command line of the site: settings in capitals, and a sentence for a number of classmates that cannot be."""

import sys

import pytest

from server import parse_arguments


def test_host_and_port_override_the_settings_of_their_names(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["app.py", "--host", "::1", "--port", "8000"])
    arguments = parse_arguments(most_classmates=200)
    assert (arguments.HOST, arguments.PORT, arguments.classmates) == ("::1", "8000", 0)


@pytest.mark.parametrize("count", ["201", "-1", "four", "1.5", ""])
def test_classmates_are_a_number_up_to_the_most(monkeypatch, capsys, count):
    monkeypatch.setattr(sys, "argv", ["app.py", f"--classmates={count}"])
    with pytest.raises(SystemExit):
        parse_arguments(most_classmates=200)
    assert f"must be a number from 0 to 200, not '{count}'" in capsys.readouterr().err
