import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.unit.window_client.store.samples import KEY
from window_client.store.store import Store

ROOT = Path(__file__).parents[4]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    opened = Store.open(folder, KEY)
    yield opened
    opened.close()


@pytest.fixture
def run_python() -> Run:
    """Run a piece of Python in a process of its own, with the project and the samples at hand."""

    def run(
        code: str, *values: object, within: tuple[str, ...] = (), **environment: str
    ) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*within, sys.executable, "-W", "error", "-c", code, *map(str, values)],
            env={k: v for k, v in {**os.environ, "PYTHONPATH": str(ROOT), **environment}.items() if v},  # "" unsets
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


@pytest.fixture
def small_disk(tmp_path: Path) -> tuple[str, ...]:
    """How to start a program that sees a disk of 600 KiB at ``tmp_path / "disk"`` and nobody else does."""
    disk = tmp_path / "disk"
    disk.mkdir()
    namespace = ("unshare", "--mount") if os.getuid() == 0 else ("unshare", "--user", "--map-root-user", "--mount")
    within = (*namespace, "sh", "-c", f'mount -t tmpfs -o size=600k none "{disk}" && exec "$@"', "sh")
    if subprocess.run([*within, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no small disk may be mounted here; the tests with a limit on file sizes stand in for it")
    return within
