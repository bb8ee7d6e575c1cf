"""Backups of the database beside the store: whole, encrypted with the same key, numbered, the last few kept.

    backups/000012.db     a copy of the live database, looked through before it counts
    backups/pages/…       the page files that the centre has not acknowledged, linked (copied to another disk)

A backup holds everything up to a moment; the log's segment of the same number begins at that moment.
"""

import logging
import os
import shutil
from collections.abc import Set as AbstractSet
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from window_client.store.crash import point
from window_client.store.database import Database, connect, faults
from window_client.store.durable import TEMPORARY, make_folder, sweep, sync_folder
from window_client.store.errors import StoreError, disk_trouble

log = logging.getLogger(__name__)

KEEP = 3
"""Backups kept unless the settings say otherwise. More would keep people longer than the window needs them."""


OLDEST = timedelta(days=7)
"""Backups older than this go once there is a newer one, however few there are: after a holiday of the window they would
keep the people of before it. What was purged is out of the log and the backups then as well."""


class Backup(msgspec.Struct, frozen=True):
    """One backup. ``made_at`` is ISO 8601, UTC."""

    number: int
    file: str
    made_at: str
    size: int


class Backups:
    """The backups in one folder.

    Args:
        folder: May lie on another disk, and should.
        key: That of the database.
        keep: How many are kept.
    """

    def __init__(self, folder: Path, key: bytes, *, keep: int = KEEP) -> None:
        self.folder = folder
        self._key = key
        self._keep = max(1, keep)

    def all(self) -> list[Backup]:
        """What is there, the oldest first."""
        found = []
        for path in sorted(self.folder.glob("[0-9]*.db")):
            if path.stem.isdecimal():
                facts = path.stat()
                at = datetime.fromtimestamp(facts.st_mtime, UTC).isoformat(timespec="seconds")
                found.append(Backup(int(path.stem), path.name, at, facts.st_size))
        return found

    def last_number(self) -> int:
        """The number of the newest, -1 for none."""
        return max((backup.number for backup in self.all()), default=-1)

    def make(self, db: Database, number: int, pages: Path, digests: AbstractSet[str]) -> Backup:
        """Copy the database, and the page files named by ``digests`` from under ``pages``.

        Raises:
            StoreError: disk_full, read_only; damaged: the database itself is. The earlier backups stay in each case.
        """
        make_folder(self.folder)
        sweep(self.folder)
        unfinished = self.folder / f"{TEMPORARY}{number:06}.db"
        final = self._path(number)
        try:
            db.copy_into(unfinished, self._key)
            if wrong := self._faults(unfinished):
                raise StoreError("damaged", wrong[0])
            point("backup.copied")
            self._keep_pages(pages, digests)
            with disk_trouble("backup"):
                handle = os.open(unfinished, os.O_RDWR)
                try:
                    os.fsync(handle)
                finally:
                    os.close(handle)
                unfinished.replace(final)
                sync_folder(self.folder)
        except BaseException:
            for file in self.folder.glob(f"{unfinished.name}*"):
                with suppress(OSError):
                    file.unlink()
            raise
        point("backup.in_place")
        self._prune(digests)
        return next(backup for backup in self.all() if backup.number == number)

    def oldest_kept(self) -> int:
        """The number of the oldest backup, -1 for none: the log is needed from there on."""
        return min((backup.number for backup in self.all()), default=-1)

    def good(self) -> list[int]:
        """The numbers of the backups that can be read from end to end, the newest first."""
        return [backup.number for backup in reversed(self.all()) if not self._faults(self._path(backup.number))]

    def faults_of(self, number: int) -> list[str]:
        """What is wrong with one of them."""
        return self._faults(self._path(number))

    def journal_heads(self) -> dict[int, str]:
        """Number and hash of the journal's last entry in each backup that opens."""
        known: dict[int, str] = {}
        for backup in self.all():
            with suppress(StoreError):
                db = connect(self._path(backup.number), self._key, only_look=True)
                try:
                    seq, digest = db.rows("SELECT seq, hash FROM journal_head")[0]
                    known[int(seq)] = str(digest)
                finally:
                    db.close()
        known.pop(0, None)
        return known

    def bring(self, number: int, to: Path) -> None:
        """Copy a backup's database to ``to``. Raises: StoreError."""
        with disk_trouble("backup"):
            shutil.copyfile(self._path(number), to)

    def page(self, digest: str) -> Path:
        """Where the kept page file is, if it is there."""
        return self.folder / "pages" / digest

    def _keep_pages(self, pages: Path, digests: AbstractSet[str]) -> None:
        kept = self.folder / "pages"
        make_folder(kept)
        there = {path.name for path in kept.iterdir()}
        with disk_trouble("backup"):
            for digest in digests - there:
                _link(pages / digest[:2] / digest, kept / digest)
            sync_folder(kept)

    def _prune(self, digests: AbstractSet[str]) -> None:
        """Too many backups and too old ones go, and page files that none that is kept may ask for."""
        found = self.all()
        made = [datetime.fromisoformat(backup.made_at) for backup in found]
        for place, old in enumerate(found[:-1]):
            if place < len(found) - self._keep or made[-1] - made[place] > OLDEST:
                with suppress(OSError):
                    self._path(old.number).unlink()
        limit = self._path(self.oldest_kept()).stat().st_mtime
        for path in (self.folder / "pages").iterdir():
            with suppress(OSError):
                if path.name not in digests and path.stat().st_ctime < limit:
                    path.unlink()

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:06}.db"

    def _faults(self, path: Path) -> list[str]:
        try:
            db = connect(path, self._key, only_look=True)
        except StoreError as error:
            return [str(error)]
        try:
            return faults(db)
        except StoreError as error:
            return [str(error)]
        finally:
            db.close()


def _link(source: Path, target: Path) -> None:
    """A second name for the page file; a copy where the disk is another one. A page that is gone is left out."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        log.warning("a page that is waited for is not there")
    except FileExistsError:
        return
    except OSError:
        unfinished = target.with_name(TEMPORARY + target.name)
        shutil.copy2(source, unfinished)
        unfinished.replace(target)
