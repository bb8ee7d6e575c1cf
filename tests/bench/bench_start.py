"""Start to first key: the sign-in page beside an empty PySide6 window, alternating, each in a fresh process."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 9


def start(what: str, folder: str) -> dict[str, object]:
    """One start; milliseconds from the process's begin to the first key taken."""
    env = {**os.environ, "WINDOW_CLIENT_STARTED": str(time.time()), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.start_client", what, folder],
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    found: dict[str, object] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def run() -> dict[str, object]:
    """Medians in milliseconds, and their ratio."""
    empty, client = [], []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            empty.append(float(str(start("empty", folder)["ms"])))
            client.append(float(str(start("client", folder)["ms"])))
    yardstick, ours = statistics.median(empty), statistics.median(client)
    return {
        "empty_window_ms": round(yardstick, 1),
        "client_ms": round(ours, 1),
        "ratio": round(ours / yardstick, 2),
        "aim": 1.5,
        "limit": 2.0,
        "runs": RUNS,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run()) + "\n")
