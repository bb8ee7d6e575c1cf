"""A monkey at both real windows, many seeds; ``make bench B=monkey``. What it finds is an error, not a figure."""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

SEEDS, STEPS = 40, 250


def run(seeds: int = SEEDS, steps: int = STEPS, first: int = 0) -> dict[str, object]:
    """How many steps were done, in how many visits, and the processor's seconds.

    Raises:
        AssertionError: Something that must hold at every moment did not; it names seed and steps.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.monkey import Monkey

    done, visits = 0, 0
    began = time.process_time()
    found: list[str] = []
    for seed in range(first, first + seeds):
        with tempfile.TemporaryDirectory() as name, Monkey(Path(name), seed) as monkey:
            monkey.run(steps)
            done, visits = done + len(monkey.told), visits + monkey.visits
            found += monkey.found
    if found:
        raise AssertionError("\n".join(found))
    return {"seeds": seeds, "steps": done, "visits": visits, "cpu_s": round(time.process_time() - began, 1)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(*map(int, sys.argv[1:]))) + "\n")
