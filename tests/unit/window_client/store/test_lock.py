import os
import subprocess
import sys
from pathlib import Path

import pytest

from window_client.store.errors import StoreError
from window_client.store.lock import StoreLock

HOLD = """
import sys
from pathlib import Path
from window_client.store.lock import StoreLock
lock = StoreLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.lock"


def test_another_process_is_named_and_its_end_frees_the_store(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[4],
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"

        with pytest.raises(StoreError) as caught:
            StoreLock(path)
        assert (caught.value.code, caught.value.detail) == ("occupied", f"process {other.pid}")

        other.kill()
        other.wait()
        StoreLock(path).close()


def test_the_same_process_cannot_have_it_twice_and_may_have_it_again(path: Path) -> None:
    lock = StoreLock(path)
    with pytest.raises(StoreError, match=f"process {os.getpid()}"):
        StoreLock(path)

    lock.close()
    lock.close()

    assert lock.closed
    StoreLock(path).close()


def test_a_folder_that_is_not_ours_is_read_only() -> None:
    with pytest.raises(StoreError, match="read_only"):
        StoreLock(Path("/sys/kernel/window-client.lock"))
