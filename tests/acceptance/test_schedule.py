"""A test that takes its process with it fails alone: the run goes on and ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EASY = """
import pytest

@pytest.mark.parametrize("number", range(6))
def test_easy(number):
    pass
"""
DEADLY = """
import os
import pytest

@pytest.mark.parametrize("number", range(6))
def test_deadly(number):
    if number in (2, 5):
        os._exit(7)
"""


@pytest.mark.parametrize("deadly", ["test_a.py", "test_z.py"])
def test_a_dead_process_costs_its_test_and_no_more(tmp_path: Path, deadly: str) -> None:
    (tmp_path / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text("utf-8"), "utf-8")
    for name in ("test_b.py", "test_c.py", "test_d.py", "test_e.py"):
        (tmp_path / name).write_text(EASY, "utf-8")
    (tmp_path / deadly).write_text(DEADLY, "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "-p", "no:cacheprovider",
         "-p", "no:pytest-qt", "--rootdir", str(tmp_path), str(tmp_path)],
        capture_output=True, text=True, check=False, timeout=100, cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": ""},
    )  # fmt: skip
    assert "2 failed, 28 passed" in run.stdout, run.stdout + run.stderr
    assert f"crashed while running '{deadly}::test_deadly[2]'" in run.stdout
    assert f"crashed while running '{deadly}::test_deadly[5]'" in run.stdout
