"""Decodes an uploaded picture in a process of its own, with limits on its time and memory.

A file can be made to take minutes to decode, and a decoder may crash on it. In a child, neither holds up the site, and
the memory of a large picture is given back.
"""

import subprocess
import sys
from threading import Lock

from . import image_upload

WAIT_SECONDS = 20
"""The longest wait for a turn, and again for the child: on a busy machine a few seconds of work take longer."""

# One at a time, so that uploads leave a core to the sockets.
_turn = Lock()

TOO_LONG = "That picture takes too long to read. Save it again in another program, or take a smaller one."
BUSY = "The site is busy with other pictures. Please try again in a minute."


def square(data: bytes) -> bytes:
    """As `image_upload.square`. Raises ValueError with a sentence."""
    if len(data) > image_upload.LARGEST_FILE:
        return image_upload.square(data)
    if not _turn.acquire(timeout=WAIT_SECONDS):
        raise ValueError(BUSY)
    try:
        return _in_child(data)
    finally:
        _turn.release()


def _in_child(data: bytes) -> bytes:
    command = [sys.executable, "-I", image_upload.__file__]
    try:
        child = subprocess.run(command, input=data, capture_output=True, timeout=WAIT_SECONDS)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise ValueError(TOO_LONG) from None
    if child.returncode == 0:
        return child.stdout
    # 1 comes with a sentence; a signal comes from the limits, or from a decoder that crashed.
    raise ValueError(child.stderr.decode() if child.returncode == 1 else TOO_LONG)
