import hashlib
import os
import shutil
import subprocess
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.unit.window_client.store.samples import page
from window_client.store.errors import StoreError
from window_client.store.pages import Pages

Run = Callable[..., "subprocess.CompletedProcess[str]"]
KEY = bytes(32)


@pytest.fixture
def pages(tmp_path: Path) -> Pages:
    return Pages(tmp_path / "pages", KEY)


def files(folder: Path) -> list[Path]:
    return [f for f in folder.rglob("*") if f.is_file()]


def test_page_is_named_by_its_digest_and_comes_back(pages: Pages) -> None:
    digest = pages.write(page(1))

    assert digest == hashlib.sha256(page(1)).hexdigest()
    assert pages.read(digest) == page(1)
    assert pages.size(digest) == len(page(1))
    assert pages.digests() == {digest}
    assert pages.total_size() == len(page(1)) + 32


def test_nothing_of_a_page_can_be_read_on_the_disk(pages: Pages, tmp_path: Path) -> None:
    pages.write(b"the applicant's name " * 50)

    (file,) = files(tmp_path)
    assert b"applicant" not in file.read_bytes()
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0


def test_empty_page_is_a_page(pages: Pages) -> None:
    assert pages.read(pages.write(b"")) == b""


def test_same_page_twice_is_one_file_and_counts_as_new(pages: Pages, tmp_path: Path) -> None:
    digest = pages.write(page(1))
    (file,) = files(tmp_path)
    sealed = file.read_bytes()
    os.utime(file, (0, 0))

    assert pages.write(page(1)) == digest

    assert files(tmp_path) == [file]
    assert file.read_bytes() == sealed
    assert pages.purge(set(), datetime.now(UTC) - timedelta(hours=1)) == 0


@pytest.mark.parametrize("place", [0, 4, 20, -1])
def test_any_changed_byte_is_found_and_writing_again_heals_it(pages: Pages, tmp_path: Path, place: int) -> None:
    digest = pages.write(page(1))
    (file,) = files(tmp_path)
    sealed = bytearray(file.read_bytes())
    sealed[place] ^= 1
    file.write_bytes(sealed)

    with pytest.raises(StoreError) as caught:
        pages.read(digest)
    assert caught.value.code == "damaged"
    assert not pages.is_sound(digest)

    pages.write(page(1))
    assert pages.read(digest) == page(1)


@pytest.mark.parametrize("length", [0, 3, 31])
def test_page_cut_short_is_damaged(pages: Pages, tmp_path: Path, length: int) -> None:
    digest = pages.write(page(1))
    (file,) = files(tmp_path)
    os.truncate(file, length)

    with pytest.raises(StoreError, match="damaged"):
        pages.read(digest)


def test_one_page_cannot_pass_for_another(pages: Pages) -> None:
    first, second = pages.write(page(1)), pages.write(page(2))
    pages._path(second).write_bytes(pages._path(first).read_bytes())

    with pytest.raises(StoreError, match="damaged"):
        pages.read(second)


def test_page_of_another_key_does_not_open(pages: Pages, tmp_path: Path) -> None:
    digest = pages.write(page(1))

    with pytest.raises(StoreError, match="damaged"):
        Pages(tmp_path / "pages", bytes([1]) * 32).read(digest)


def test_missing_page_is_damage_and_removing_it_is_fine(pages: Pages) -> None:
    digest = pages.write(page(1))
    pages.remove(digest)
    pages.remove(digest)

    assert not pages.is_sound(digest)
    for ask in (pages.read, pages.size):
        with pytest.raises(StoreError, match="not there"):
            ask(digest)


@pytest.mark.parametrize("name", ["../../etc/passwd", "A" * 64, "a" * 63, ""])
def test_a_name_that_is_no_digest_is_refused(pages: Pages, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        pages.read(name)


def test_purge_removes_what_is_old_and_not_kept(pages: Pages) -> None:
    kept, old, new = (pages.write(page(n)) for n in range(3))
    for digest in (kept, old):
        os.utime(pages._path(digest), (0, 0))

    assert pages.purge({kept}, datetime.now(UTC) - timedelta(hours=1)) == 1
    assert pages.digests() == {kept, new}


def test_sweep_removes_only_what_was_never_finished(pages: Pages, tmp_path: Path) -> None:
    digest = pages.write(page(1))
    (pages._path(digest).parent / ".part-abc").write_bytes(b"half")

    assert pages.sweep() == 1
    assert [f.name for f in files(tmp_path)] == [digest]


def test_pages_from_many_threads_are_all_there(pages: Pages, tmp_path: Path) -> None:
    start = threading.Barrier(6)
    written: list[str] = []

    def scan(number: int) -> None:
        start.wait()
        written.extend(pages.write(page(step if number % 2 else number * 100 + step)) for step in range(8))

    threads = [threading.Thread(target=scan, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(written) == 48
    assert pages.digests() == set(written)
    assert all(pages.is_sound(digest) for digest in written)
    assert all(not f.name.startswith(".part-") for f in files(tmp_path))


FULL = """
import sys
from pathlib import Path
from tests.unit.window_client.store.samples import page
from window_client.store.errors import StoreError
from window_client.store.pages import Pages

{limit}
pages = Pages(Path(sys.argv[1]) / "pages", bytes(32))
small = pages.write(page(1, 1000))
try:
    pages.write(page(2, 2_000_000))
except StoreError as error:
    print(error.code)
print([f.name == small for f in Path(sys.argv[1]).rglob("*") if f.is_file()])
print(pages.read(small) == page(1, 1000), pages.read(pages.write(page(3, 1000))) == page(3, 1000))
"""
LIMIT = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
"""


def test_full_disk_is_said_and_leaves_nothing_half_written(
    run_python: Run, small_disk: tuple[str, ...], tmp_path: Path
) -> None:
    done = run_python(FULL.format(limit=""), tmp_path / "disk", within=small_disk)

    assert (done.stdout.split("\n"), done.stderr) == (["disk_full", "[True]", "True True", ""], "")


@pytest.mark.skipif(os.name != "posix", reason="Windows knows no limit on file sizes")
def test_limit_on_the_size_of_files_is_a_full_disk(run_python: Run, tmp_path: Path) -> None:
    done = run_python(FULL.format(limit=LIMIT), tmp_path)

    assert (done.stdout.split("\n"), done.stderr) == (["disk_full", "[True]", "True True", ""], "")


ORDER = """
import sys
from pathlib import Path
from window_client.store.pages import Pages
Pages(Path(sys.argv[1]) / "pages", bytes(32)).write(b"page" * 100)
"""


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace shows the order; it is not here")
def test_page_is_synced_before_its_name_and_its_name_before_write_returns(run_python: Run, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    run_python(ORDER, tmp_path, within=("strace", "-f", "-e", "trace=fsync,rename,mkdir", "-o", str(trace)))

    calls = [line.split(None, 1)[1].split("(")[0] for line in trace.read_text().splitlines() if "(" in line]
    assert calls[-3:] == ["fsync", "rename", "fsync"]
