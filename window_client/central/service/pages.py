"""Uploads: pages named by their SHA-256, taken in chunks, kept as files beside the database.

A part file is synced after each chunk, so that the offset that was answered still holds after a power cut; the
finished file is renamed only when its digest is right.
"""

import hashlib
import os
import re
import threading
from pathlib import Path

from window_client.central import contract as c
from window_client.central.service.refusal import Refused

NAME = re.compile(r"[0-9a-f]{64}")
RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


class PageFolder:
    """The pages on disk. One lock: chunks are small and the disk is one."""

    def __init__(self, folder: Path, largest: int) -> None:
        self._folder = folder
        self._largest = largest
        self._lock = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)

    def stored(self, digest: str) -> c.PageStored:
        """How far the upload is.

        Raises:
            Refused: 404 ``no_such_page`` when nothing of it is here.
        """
        whole, part = self._paths(digest)
        with self._lock:
            if whole.exists():
                return c.PageStored(digest, whole.stat().st_size, complete=True)
            if not part.exists():
                raise Refused(404, "no_such_page", digest)
            size = part.stat().st_size
            # A power cut may have come between the last chunk and the new name.
            complete = _digest_of(part) == digest
            if complete:
                _rename(part, whole)
            return c.PageStored(digest, size, complete)

    def append(self, digest: str, data: bytes, offset: str, span: str) -> c.PageStored:
        """Take the next chunk; repeating one that is here already changes nothing.

        Raises:
            Refused: 409 ``wrong_offset`` with the right one; 422 ``wrong_digest``, ``bad_range`` or ``page_too_large``.
        """
        first, total = _range(offset, span, len(data))
        if total > self._largest:
            raise Refused(422, "page_too_large", str(self._largest))
        whole, part = self._paths(digest)
        with self._lock:
            if whole.exists():
                return c.PageStored(digest, whole.stat().st_size, complete=True)
            here = part.stat().st_size if part.exists() else 0
            if first != here:
                raise Refused(409, "wrong_offset", str(here), offset=here)
            part.parent.mkdir(exist_ok=True)
            with part.open("ab") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            here += len(data)
            if here < total:
                return c.PageStored(digest, here, complete=False)
            if _digest_of(part) != digest:
                part.unlink()
                raise Refused(422, "wrong_digest", digest)
            _rename(part, whole)
        return c.PageStored(digest, here, complete=True)

    def _paths(self, digest: str) -> tuple[Path, Path]:
        if not NAME.fullmatch(digest):
            raise Refused(422, "bad_digest", "64 lower-case hexadecimal digits")
        whole = self._folder / digest[:2] / digest
        return whole, whole.with_suffix(".part")


def _range(offset: str, span: str, size: int) -> tuple[int, int]:
    found = RANGE.fullmatch(span)
    if found is None or not offset.isdecimal():
        raise Refused(422, "bad_range", span)
    first, last, total = map(int, found.groups())
    if first != int(offset) or last - first + 1 != size or last >= total or size > c.CHUNK:
        raise Refused(422, "bad_range", span)
    return first, total


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _rename(part: Path, whole: Path) -> None:
    part.rename(whole)
    _sync_folder(whole.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # a folder cannot be opened there
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
