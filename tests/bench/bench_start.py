"""Start to first key: the sign-in page beside an empty PySide6 window, alternating, each in a fresh process."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 9


def start(what: str, folder: str, compiled: str = "") -> dict[str, object]:
    """One start; milliseconds from the process's begin to the first key taken.

    Args:
        what: ``empty`` or ``client``.
        folder: Of the client's settings and data.
        compiled: Where compiled modules lie, whatever the surroundings say about them: an installed client has them
            too, as Qt's modules do. Empty: as the surroundings say.
    """
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    if compiled:
        env["PYTHONPYCACHEPREFIX"] = compiled
        env.pop("PYTHONDONTWRITEBYTECODE", None)
    env["WINDOW_CLIENT_STARTED"] = str(time.time())
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
    empty: list[float] = []
    client: list[float] = []
    with tempfile.TemporaryDirectory() as compiled:
        for turn in range(RUNS + 1):
            with tempfile.TemporaryDirectory() as folder:
                pair = [float(str(start(what, folder, compiled)["ms"])) for what in ("empty", "client")]
            if turn:  # the first start of each compiles
                empty.append(pair[0])
                client.append(pair[1])
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
