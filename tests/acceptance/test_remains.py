"""A test file that leaves something running fails, though each of its tests is right."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEAVES = """
import subprocess, sys, threading, time

def test_a_thread():
    threading.Thread(target=time.sleep, args=(60,), name="forgotten", daemon=True).start()

def test_a_process():
    global process
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(30)"])
"""
TIDY = """
import threading, time

def test_a_thread_that_is_just_ending():
    threading.Thread(target=time.sleep, args=(0.3,)).start()
"""


def test_what_a_file_leaves_running_is_told_with_its_last_test(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text("utf-8"), "utf-8")
    (tmp_path / "test_leaves.py").write_text(LEAVES, "utf-8")
    (tmp_path / "test_tidy.py").write_text(TIDY, "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "1", "--dist", "loadfile", "-p", "no:cacheprovider",
         "-p", "no:pytest-qt", "--rootdir", str(tmp_path), str(tmp_path)],
        capture_output=True, text=True, check=False, timeout=100, cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": ""},
    )  # fmt: skip
    assert "3 passed, 1 error" in run.stdout, run.stdout + run.stderr
    assert "ERROR at teardown of test_a_process" in run.stdout
    assert "left behind: thread forgotten, process " in run.stdout
