"""Anything is pressed at any time: nothing is thrown, lost, stuck or shown to the wrong person."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.monkey import Monkey


@pytest.mark.timeout(180)
@pytest.mark.parametrize("seed", [8, 24])
def test_a_monkey_at_both_windows_breaks_nothing(tmp_path: Path, seed: int) -> None:
    with Monkey(tmp_path, seed) as monkey:
        monkey.run(150)

    assert monkey.found == []
    assert len(monkey.told) == 150
