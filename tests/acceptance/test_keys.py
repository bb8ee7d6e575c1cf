"""Five kinds of whole visits by keys only, on the whole system; the applicant touches the second screen."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.key_visits import KINDS

ROOT = Path(__file__).resolve().parents[2]


def visits(*kinds: str) -> list[dict[str, Any]]:
    """Do them in a process of their own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.key_visits", *kinds],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


@pytest.mark.timeout(300)
def test_five_kinds_of_visits_are_accepted_without_a_mouse() -> None:
    found = visits()
    assert [row["kind"] for row in found] == list(KINDS)
    assert len({row["case_no"] for row in found}) == len(KINDS)
    for row in found:
        assert row["case_no"]
        assert 0 < row["keys"] < 250, row
        assert row["fields_typed"] < row["fields_total"], "the rest is brought in"


@pytest.mark.timeout(300)
def test_with_one_screen_the_clerk_turns_hers_and_the_visit_is_accepted() -> None:
    (row,) = visits("turned")
    assert row["case_no"]
