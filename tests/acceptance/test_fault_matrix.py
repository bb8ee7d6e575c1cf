"""The fault matrix as far as every run can pay for it: each switch where the device is used, two more at other steps.

All of it (each switch at each step) is ``make bench B=faults``.
"""

from pathlib import Path

import pytest

from tests.fault_matrix import (
    CENTRAL,
    GONE,
    STEPS,
    TABLE,
    USED_AT,
    CentralMatrix,
    Matrix,
    unlisted,
    unlisted_of_central,
)

DEAR = {"camera": (GONE, "frozen", "dark")}
"""Whose switches cost much time; these few are tried in every run."""


def thin(kind: str) -> dict[str, list[str]]:
    """The switches at the step where the device is used, and at the other steps one after the other in turn."""
    faults = list(DEAR.get(kind, TABLE[kind]))
    elsewhere = faults if kind != "camera" else [GONE, "frozen"]
    plan = {step: [elsewhere[place % len(elsewhere)]] for place, step in enumerate(STEPS)}
    return {**plan, USED_AT[kind]: faults}


@pytest.mark.parametrize("kind", TABLE)
def test_every_switch_of_a_device_leaves_the_visit_whole(tmp_path: Path, kind: str) -> None:
    with Matrix(tmp_path, kind) as matrix:
        assert unlisted(kind, matrix.switches()) == set()

        plan = thin(kind)
        assert matrix.walk(plan) == sum(len(faults) for faults in plan.values())


def test_every_switch_of_the_central_service_leaves_the_visit_whole(tmp_path: Path) -> None:
    assert unlisted_of_central() == set()

    with CentralMatrix(tmp_path) as matrix:
        plan = {"idle": ["503", "html"], "materials": list(CENTRAL)}
        assert matrix.walk(plan) == len(CENTRAL) + 2
