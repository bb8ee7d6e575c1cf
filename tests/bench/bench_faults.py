"""The whole fault matrix: every switch of every device at every step, a visit a switch; ``make bench B=faults``.

It takes a quarter of an hour, so it is run by name only. A cell that does not hold is an error, not a figure.
"""

import sys
import tempfile
import time
from pathlib import Path

from tests.fault_matrix import CENTRAL, SIGNED_OUT, STEPS, TABLE, CentralMatrix, Matrix, unlisted, unlisted_of_central

ASKED_AT = ("idle", "identity", "materials", "submitted", "rating")
"""The steps that ask the central service."""


def run(kinds: tuple[str, ...] = (*TABLE, "central")) -> dict[str, object]:
    """How many cells were tried, of how many switches, and the seconds of each kind."""
    cells, switches = 0, 0
    seconds: dict[str, float] = {}
    for kind in kinds:
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as name:
            cells += _central(Path(name)) if kind == "central" else _device(Path(name), kind)
        switches += len(CENTRAL if kind == "central" else TABLE[kind])
        seconds[kind] = round(time.monotonic() - began, 1)
        sys.stderr.write(f"{kind}: {seconds[kind]} s\n")
    return {"cells": cells, "switches": switches, "steps": len(STEPS), "seconds": seconds}


def _device(folder: Path, kind: str) -> int:
    cells = 0
    with Matrix(folder, kind) as matrix:
        if unknown := unlisted(kind, matrix.switches()):
            raise AssertionError(f"{kind}: no row for {unknown}")
        matrix.bring(len(TABLE[kind]))
        for fault in TABLE[kind]:
            sys.stderr.write(f"{kind} {fault}\n")
            cells += matrix.walk(dict.fromkeys(STEPS, (fault,)))
    return cells


def _central(folder: Path) -> int:
    cells = 0
    if unknown := unlisted_of_central():
        raise AssertionError(f"central: no row for {unknown}")
    with CentralMatrix(folder) as matrix:
        matrix.bring(2 * len(CENTRAL))  # the call itself is tried too
        for fault, expected in CENTRAL.items():
            sys.stderr.write(f"central {fault}\n")
            steps = ("materials",) if expected == SIGNED_OUT else ASKED_AT
            cells += matrix.walk(dict.fromkeys(steps, (fault,)))
    return cells


if __name__ == "__main__":
    import json

    sys.stdout.write(json.dumps(run(tuple(sys.argv[1:]) or (*TABLE, "central"))) + "\n")
