"""What can go wrong with the window's store, told apart by what a person has to do about it."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

CODES = frozenset(
    {
        "disk_full",
        "damaged",
        "newer_version",
        "wrong_key",
        "wrong_profile",
        "no_keyring",
        "key_missing",
        "occupied",
        "read_only",
    }
)
"""Every ``StoreError.code``; the words for people are looked up by it."""

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


class StoreError(Exception):
    """The store cannot do what was asked.

    ``code`` is one of ``CODES``; ``detail`` is for the log and names no person.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} ({detail})" if detail else code)
        self.code = code
        self.detail = detail


@contextmanager
def disk_trouble(what: str) -> Iterator[None]:
    """Turn the operating system's refusals about a file into a ``StoreError``; ``what`` names it for the log."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StoreError("disk_full", what) from error
        if error.errno in _READ_ONLY:
            raise StoreError("read_only", what) from error
        if error.errno == errno.EIO:
            raise StoreError("damaged", what) from error
        raise


def may_grow(folder: Path, size: int) -> bool:
    """Whether a file in ``folder`` may become ``size`` bytes long and 64 KiB of it be written.

    SQLite reports a quota or a size limit as a plain I/O error; asking the file system tells it from a broken disk.
    """
    try:
        with tempfile.TemporaryFile(dir=folder, buffering=0) as probe:
            probe.seek(size)
            written = probe.write(b"\0" * 65536)
            os.fsync(probe.fileno())
    except OSError as error:
        return error.errno not in _FULL
    return written == 65536


def sqlite_trouble(code: int, folder: Path) -> str | None:
    """The ``StoreError`` code for an SQLite result code, or None where the error is a bug of ours.

    Source: sqlite.org/rescode.html, primary codes in the low byte.
    """
    primary = code & 0xFF
    if primary == 10:  # SQLITE_IOERR
        longest = 0
        with suppress(OSError):
            longest = max((f.stat().st_size for f in folder.iterdir() if f.is_file()), default=0)
        return "damaged" if may_grow(folder, longest) else "disk_full"
    return {
        5: "occupied",  # SQLITE_BUSY: a foreign process holds the file, ours wait for each other
        8: "read_only",
        11: "damaged",
        13: "disk_full",
        14: "read_only",  # SQLITE_CANTOPEN: the lock was ours, so the folder is there
        26: "damaged",  # SQLITE_NOTADB; the key was checked before
    }.get(primary)
