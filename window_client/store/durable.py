"""Files that are either wholly there or not at all, also after a power cut."""

import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from window_client.store.crash import point
from window_client.store.errors import disk_trouble

TEMPORARY = ".part-"
"""Prefix of files which were never finished; whoever owns the folder may remove them at the start."""


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable. Windows has no such call: there the rename itself is written through."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make ``folder`` for this account alone, durably. Raises: StoreError disk_full, read_only."""
    if folder.is_dir():
        return
    with disk_trouble(folder.name):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sync_folder(folder.parent)


def write_durably(path: Path, data: bytes, *, crash: str = "") -> None:
    """Write ``data`` beside ``path``, sync it, rename it into place, sync the folder; nothing half written stays.

    ``crash`` is the prefix of the crash points passed on the way.

    Raises:
        StoreError: disk_full, read_only, damaged (the disk reports an I/O error).
    """
    with disk_trouble(path.name):
        handle, name = tempfile.mkstemp(prefix=TEMPORARY, dir=path.parent)  # mkstemp: readable by this account alone
        try:
            with os.fdopen(handle, "wb", buffering=0) as file:
                _pass(crash, "before_write")
                half = len(data) // 2
                _write_all(file.fileno(), data[:half])
                _pass(crash, "half_written")
                _write_all(file.fileno(), data[half:])
                os.fsync(file.fileno())
            _pass(crash, "before_rename")
            Path(name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
        _pass(crash, "after_rename")
        sync_folder(path.parent)
        _pass(crash, "after_sync")


def sweep(folder: Path) -> int:
    """Remove what an earlier process never finished writing in ``folder``; returns how many files."""
    unfinished = list(folder.glob(f"{TEMPORARY}*"))
    for file in unfinished:
        file.unlink(missing_ok=True)
    return len(unfinished)


def _write_all(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:  # a nearly full disk takes a part first, and refuses the next call
        rest = rest[os.write(handle, rest) :]


def _pass(crash: str, where: str) -> None:
    if crash:
        point(f"{crash}.{where}")
