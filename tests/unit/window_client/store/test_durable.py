import os
from pathlib import Path

import pytest

from window_client.store.durable import make_folder, sweep, sync_folder, write_durably
from window_client.store.errors import StoreError


def test_file_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "file"

    write_durably(file, b"old")
    write_durably(file, b"new and longer")

    assert file.read_bytes() == b"new and longer"
    assert [f.name for f in tmp_path.iterdir()] == ["file"]


def test_file_that_cannot_be_put_in_place_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").mkdir()  # a folder stands where the file should be

    with pytest.raises(OSError, match="file"):
        write_durably(tmp_path / "file", b"new")

    assert [f.name for f in tmp_path.iterdir()] == ["file"]


def test_folder_is_made_for_this_account_alone(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")
    sync_folder(tmp_path)

    if os.name == "posix":
        assert (tmp_path / "a" / "b").stat().st_mode & 0o077 == 0


def test_sweep_takes_unfinished_files_only(tmp_path: Path) -> None:
    (tmp_path / ".part-1").write_bytes(b"")
    (tmp_path / "file").write_bytes(b"")

    assert sweep(tmp_path) == 1
    assert [f.name for f in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(os.name != "posix", reason="/proc")
def test_folder_that_cannot_be_made_is_read_only() -> None:
    with pytest.raises(StoreError, match="read_only"):
        make_folder(Path("/sys/kernel/window-client"))
