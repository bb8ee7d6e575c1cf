"""A crash in a process of its own: what it leaves behind names nobody."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from window_client import crash_file

ROOT = Path(__file__).parents[3]

CRASH = """
import os, signal, sys
from pathlib import Path
from window_client import crash_file
crash_file.no_core_dumps()
crash_file.start(Path(sys.argv[1]))

def visit(name):
    id_no = "510799" + "198806120017"
    os.kill(os.getpid(), signal.SIGSEGV)

visit("".join(("李", "示例")))
"""


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_crash_leaves_places_and_no_values_and_no_memory_image(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CRASH, str(tmp_path)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )

    assert done.returncode == -signal.SIGSEGV
    assert not done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [crash_file.NAME], "no core file"
    text = (tmp_path / crash_file.NAME).read_text("utf-8")
    assert "in visit" in text
    assert "示例" not in text
    assert "198806120017" not in text


LIMITS = """
import resource
from pathlib import Path
from window_client import crash_file
crash_file.no_core_dumps()
print(resource.getrlimit(resource.RLIMIT_CORE))
"""


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_core_dumps_are_off() -> None:
    done = subprocess.run([sys.executable, "-c", LIMITS], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.stdout, done.stderr) == ("(0, 0)\n", "")


def test_starting_again_uses_the_new_place(tmp_path: Path) -> None:
    crash_file.start(tmp_path / "a")
    crash_file.start(tmp_path / "b")
    crash_file.stop()
    crash_file.stop()

    assert (tmp_path / "b" / crash_file.NAME).read_text() == ""
