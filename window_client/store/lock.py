"""One process owns a store. A second one is told so, with the owner's process id, and touches nothing."""

import os
import sys
from pathlib import Path

from window_client.store.errors import StoreError, disk_trouble

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_FAR = 1 << 20  # Windows locks bytes, not files: lock one far behind the process id, so that that stays readable


class StoreLock:
    """Held from construction to ``close``; the system lets go of it when the process ends in any way.

    Raises:
        StoreError: occupied (detail: ``process <pid>``), read_only, disk_full.
    """

    def __init__(self, path: Path) -> None:
        with disk_trouble(path.name):
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            self._take()
        except OSError:
            owner = os.pread(self._handle, 20, 0) if sys.platform != "win32" else os.read(self._handle, 20)
            os.close(self._handle)
            raise StoreError("occupied", f"process {owner.decode('ascii', 'replace').strip() or 'unknown'}") from None
        try:
            with disk_trouble(path.name):
                os.write(self._handle, f"{os.getpid():<20}".encode())
        except BaseException:
            os.close(self._handle)
            raise

    def _take(self) -> None:
        if sys.platform == "win32":
            os.lseek(self._handle, _FAR, os.SEEK_SET)
            try:
                msvcrt.locking(self._handle, msvcrt.LK_NBLCK, 1)
            finally:
                os.lseek(self._handle, 0, os.SEEK_SET)
        else:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    @property
    def closed(self) -> bool:
        """Whether the store was let go of."""
        return self._handle < 0

    def close(self) -> None:
        """Let another process have the store. Safe to call twice."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
