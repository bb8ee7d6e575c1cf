"""A day of 300 visits without the network: the first 20 acceptances beside the last 20; then all of it is delivered.

The desk, the store, the courier and the central service are the production ones; the devices are stubs. An acceptance
is timed from the key to the desk's new state. After the visits the service is started and everything is counted there.
"""

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.offline_day import OfflineDay

VISITS = 300
SIDE = 20


def run(visits: int = VISITS) -> dict[str, object]:
    """Milliseconds and counts. ``ratio`` is last to first."""
    with tempfile.TemporaryDirectory() as name, OfflineDay(Path(name), serials=visits) as day:
        begun = time.perf_counter()
        seconds = [day.visit(f"C{number:04}") for number in range(1, visits + 1)]
        serving = time.perf_counter() - begun
        begun = time.perf_counter()
        day.deliver()
        delivering = time.perf_counter() - begun
        arrived = day.arrived()
        assert arrived.cases == visits, arrived.cases
        assert not arrived.twice, arrived.twice
        assert arrived.numbers == frozenset(day.case_nos)
        assert not arrived.pages_lacking
    side = min(SIDE, visits // 2)
    first = statistics.median(seconds[1 : side + 1]) * 1000  # the very first one fills caches
    last = statistics.median(seconds[-side:]) * 1000
    return {
        "visits": visits,
        "accept_first_ms": round(first, 2),
        "accept_last_ms": round(last, 2),
        "ratio": round(last / first, 2),
        "visit_s": round(serving / visits, 2),
        "deliver_s": round(delivering, 1),
        "arrived_once": arrived.cases,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(*(int(text) for text in sys.argv[1:]))) + "\n")
