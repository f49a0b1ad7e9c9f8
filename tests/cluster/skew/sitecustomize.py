"""Python imports this at its start when it lies on PYTHONPATH: the wall clock of that process is then wrong."""

import os
import time

_right, _wrong_by = time.time, float(os.environ.get("CLOCK_WRONG_BY", "0"))
time.time = lambda: _right() + _wrong_by
