"""Longest stall of the Qt thread over a whole tour, beside the same probe on an idle loop in the same run."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path


def run() -> dict[str, object]:
    """Milliseconds, and what the tour did when it happened; also how long single steps took."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "window_client", "tour", "--out", folder],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            timeout=300,
            check=True,
        )
        tour = json.loads((Path(folder) / "tour.json").read_text(encoding="utf-8"))
    return {
        "longest_stall_ms": tour["longest_stall_ms"],
        "at": tour["longest_stall_at"],
        "idle_stall_ms": tour["idle_stall_ms"],
        "beyond_idle_ms": round(tour["longest_stall_ms"] - tour["idle_stall_ms"], 1),
        "aim": 50,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run()) + "\n")
