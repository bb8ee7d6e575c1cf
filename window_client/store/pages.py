"""Scanned pages as sealed files, one a page, named by the SHA-256 of what is in them.

    WCP1 | nonce (12) | AES-256-GCM of the page, with WCP1 and the digest as associated data

A page is on disk, synced under its final name, when ``write`` returns. All methods may be called from any thread.
"""

import hashlib
import os
import re
import secrets
from collections.abc import Set as AbstractSet
from datetime import datetime
from pathlib import Path

from window_client.store.durable import make_folder, sweep, sync_folder, write_durably
from window_client.store.errors import StoreError, disk_trouble

_MAGIC = b"WCP1"
_NONCE = 12
_OVERHEAD = len(_MAGIC) + _NONCE + 16  # the tag
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Pages:
    """The page files under one folder."""

    def __init__(self, folder: Path, key: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  loaded when the store is opened

        make_folder(folder)
        self._folder = folder
        self._cipher = AESGCM(key)

    def write(self, data: bytes) -> str:
        """Keep a page; returns its digest (SHA-256, hex). A page that is there already is left as it is.

        Raises:
            StoreError: disk_full or read_only, and nothing of the page stays.
        """
        digest = hashlib.sha256(data).hexdigest()
        path = self._path(digest)
        make_folder(path.parent)
        if self.is_sound(digest):
            with disk_trouble("page"):
                os.utime(path)  # it is wanted again: ``purge`` goes by the age
                sync_folder(path.parent)  # the first writer may have been killed between rename and sync
            return digest
        nonce = secrets.token_bytes(_NONCE)
        write_durably(path, _MAGIC + nonce + self._cipher.encrypt(nonce, data, _bound(digest)), crash="page")
        return digest

    def read(self, digest: str) -> bytes:
        """The page. Raises: StoreError damaged (missing, changed, or another page under this name)."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415

        try:
            with disk_trouble("page"):
                sealed = self._path(digest).read_bytes()
        except FileNotFoundError:
            raise StoreError("damaged", "page is not there") from None
        nonce, body = sealed[len(_MAGIC) : len(_MAGIC) + _NONCE], sealed[len(_MAGIC) + _NONCE :]
        if sealed.startswith(_MAGIC) and len(sealed) >= _OVERHEAD:
            try:
                return self._cipher.decrypt(nonce, body, _bound(digest))
            except InvalidTag:
                pass
        raise StoreError("damaged", "page does not fit its seal")

    def is_sound(self, digest: str) -> bool:
        """Whether the page is there and fits its seal."""
        if not self._path(digest).exists():
            return False
        try:
            self.read(digest)
        except StoreError as error:
            if error.code != "damaged":
                raise
            return False
        return True

    def size(self, digest: str) -> int:
        """Bytes of the page itself. Raises: StoreError damaged if it is not there."""
        try:
            return self._path(digest).stat().st_size - _OVERHEAD
        except FileNotFoundError:
            raise StoreError("damaged", "page is not there") from None

    def remove(self, digest: str) -> None:
        """Remove a page. A page that is not there is fine."""
        with disk_trouble("page"):
            self._path(digest).unlink(missing_ok=True)

    def digests(self) -> set[str]:
        """All pages on disk."""
        return {file.name for file in self._folder.glob("??/*") if _DIGEST.fullmatch(file.name)}

    def total_size(self) -> int:
        """Bytes of all page files, as the disk holds them."""
        return sum(self._path(digest).stat().st_size for digest in self.digests())

    def purge(self, keep: AbstractSet[str], older_than: datetime) -> int:
        """Remove the pages that are not in ``keep`` and were last written before ``older_than``; returns how many.

        The age protects a page that was just scanned and is not in a draft yet.
        """
        limit = older_than.timestamp()
        gone = 0
        for digest in self.digests() - keep:
            if self._path(digest).stat().st_mtime < limit:
                self.remove(digest)
                gone += 1
        return gone

    def sweep(self) -> int:
        """At the start: remove what was never finished. Returns how many files."""
        return sum(sweep(folder) for folder in self._folder.iterdir() if folder.is_dir())

    def _path(self, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise ValueError("a page's name is the SHA-256 of its content, in lower-case hex")
        return self._folder / digest[:2] / digest


def _bound(digest: str) -> bytes:
    return _MAGIC + bytes.fromhex(digest)
