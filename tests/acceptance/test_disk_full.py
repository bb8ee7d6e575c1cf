"""The disk is full at a page and at the acceptance: the clerk is told, and once space is freed the visit goes on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ui.reception.texts import say_words
from window_client.demo import ROOT
from window_client.reception.state import Say

pytestmark = pytest.mark.skipif(
    os.name != "posix", reason="Windows has neither small file systems nor limits for users"
)


def small_disk(tmp_path: Path) -> tuple[str, ...]:
    """How to start a program that sees 4 MB at ``tmp_path / "disk"``; also an ordinary user may, in a namespace."""
    disk = tmp_path / "disk"
    disk.mkdir()
    namespace = ("unshare", "--mount") if os.getuid() == 0 else ("unshare", "--user", "--map-root-user", "--mount")
    within = (*namespace, "sh", "-c", f'mount -t tmpfs -o size=4m none "{disk}" && exec "$@"', "sh")
    if subprocess.run([*within, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no small disk may be mounted here; the test with a limit on file sizes stands in for it")
    return within


@pytest.mark.parametrize("mode", ["disk", "limit"])
def test_a_full_disk_loses_nothing_and_the_visit_goes_on(tmp_path: Path, mode: str) -> None:
    within = small_disk(tmp_path) if mode == "disk" else ()
    folder = tmp_path / "disk" if mode == "disk" else tmp_path
    done = subprocess.run(
        [*within, sys.executable, "-m", "tests.full_disk", str(folder), mode],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout.splitlines()[-1])

    assert (found["page_said"], found["page_left"], found["page_step"]) == ("page.disk_full", 0, "materials")
    assert (found["submit_said"], found["still_serving"], found["signed"]) == ("store.disk_full", True, True)
    assert (found["cases_while_full"], found["printed_while_full"]) == (0, 0)
    assert (found["accepted"], found["printed"], found["problems"]) == (1, 1, [])
    assert found["pages"] == 5, "three papers, and the signature with its strokes"


@pytest.mark.parametrize("code", ["store.disk_full", "page.disk_full", "store.low_space"])
def test_the_clerk_reads_what_happened_what_it_means_and_what_to_do(code: str) -> None:
    said = say_words(Say(1, code, {"mb": "120"}, True))

    assert "磁盘" in said
    assert "请" in said
    assert said.count("，") >= 2
