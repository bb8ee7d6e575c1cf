"""Longest stall of the Qt thread over a whole tour, beside the same probe on an idle loop in the same run.

Once with the whole machine, once with everything (client, emulators and central service) on one core and 2 GB of data
for each process.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

AIM = 50
"""Milliseconds beyond the idle loop."""

MEMORY = 2 << 30


def run() -> dict[str, object]:
    """Milliseconds, and what the tour did when it happened."""
    free, one_core = _tour(), _tour(_one_core)
    return {
        **free,
        **{f"one_core_{name}": value for name, value in one_core.items()},
        "aim": AIM,
    }


def _tour(limit: Callable[[], None] | None = None) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "window_client", "tour", "--out", folder],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            timeout=400,
            check=True,
            preexec_fn=limit,
        )
        tour = json.loads((Path(folder) / "tour.json").read_text(encoding="utf-8"))
    return {
        "longest_stall_ms": tour["longest_stall_ms"],
        "at": tour["longest_stall_at"],
        "idle_stall_ms": tour["idle_stall_ms"],
        "beyond_idle_ms": round(tour["longest_stall_ms"] - tour["idle_stall_ms"], 1),
    }


def _one_core() -> None:
    """In the child: one core and 2 GB, which its own children inherit."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run()) + "\n")
