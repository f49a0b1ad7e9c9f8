"""The time that a refused sign-in takes, by what is wrong with it: `python -m tests.security.sign_in_time URL [TRIES]`.

Prints median and quartiles in milliseconds for a known name and for an unknown one, tried in turns, and whether the two
can be told apart: the share of pairs in which the known name took longer, which is one half when no one can.
The limits on failing let ten tries on a name pass, so the sample users take turns; 45 tries are what one address has.
"""

import re
import secrets
import statistics
import sys
import time

import requests

SAMPLES = ("ada", "grace", "alan", "katherine", "dennis", "barbara", "margaret", "tim", "hedy")


def measure(url: str, tries: int) -> dict[str, list[float]]:
    browser = requests.Session()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(f"{url}/login", timeout=10).text)[1]
    times: dict[str, list[float]] = {"known name": [], "unknown name": []}
    for number in range(tries):
        names = {"known name": SAMPLES[number % len(SAMPLES)], "unknown name": f"x{secrets.token_hex(4)}"}
        for kind, name in names.items():
            form = {"csrf_token": token, "username": name, "password": secrets.token_hex(6)}
            started = time.perf_counter()
            answer = browser.post(f"{url}/login", data=form, timeout=10)
            times[kind].append(1000 * (time.perf_counter() - started))
            assert answer.status_code == 422, answer.status_code
    return times


def main() -> None:
    times = measure(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 45)
    for kind, found in times.items():
        low, middle, high = statistics.quantiles(found, n=4)
        print(f"{kind:13} median {middle:6.1f} ms, quartiles {low:.1f} to {high:.1f} ms")
    pairs = [known > unknown for known in times["known name"] for unknown in times["unknown name"]]
    print(f"In {100 * sum(pairs) / len(pairs):.0f} % of all pairs the known name took longer.")


if __name__ == "__main__":
    main()
