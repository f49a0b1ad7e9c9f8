"""The command line of `python app.py`. Settings are in capitals, as in the environment."""

import argparse
from functools import partial


def parse_arguments(most_classmates: int) -> argparse.Namespace:
    """Read the command line. Exits with a message for what is wrong in it."""
    parser = argparse.ArgumentParser(description="Serve the course site.")
    parser.add_argument("--host", dest="HOST", help="address to listen on (default: HOST, or 127.0.0.1)")
    parser.add_argument("--port", dest="PORT", help="port to listen on (default: PORT, or 5000)")
    up_to = f"simulated classmates, at most {most_classmates} (default: none)"
    parser.add_argument("--classmates", type=partial(_count, most_classmates), default=0, metavar="N", help=up_to)
    parser.add_argument("--replay", metavar="FILE", help="replay a recording, as `flask replay FILE` does")
    parser.add_argument("--speed", type=float, default=1.0, help="speed factor (default: 1)")
    parser.add_argument("--once", action="store_true", help="stop at the end of the recording")
    return parser.parse_args()


def _count(most: int, text: str) -> int:
    if not text.isdecimal() or int(text) > most:
        raise argparse.ArgumentTypeError(f"must be a number from 0 to {most}, not {text!r}")
    return int(text)
