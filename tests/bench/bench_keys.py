"""Keys pressed and fields typed for each kind of visit, by the clerk's keyboard alone (``tests/key_visits.py``)."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def run() -> dict[str, Any]:
    """Do the visits in a process of their own; ``kinds`` has one entry each.

    Raises:
        RuntimeError: A visit did not end.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.key_visits"],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return {"kinds": [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]}
