"""README's example of a test, word for word."""

import os
import subprocess
import sys

from tests.docs.document import ROOT, blocks


def test_the_example_of_a_test_passes(tmp_path):
    examples = [block.text for block in blocks((ROOT / "README.md").read_text(), "python")]
    [example] = [text for text in examples if "def test_" in text]
    (tmp_path / "test_meeting.py").write_text(example)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_meeting.py"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    answer = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert "1 passed" in answer.stdout, answer.stdout
