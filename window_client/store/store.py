"""The store of one window: an encrypted database and sealed page files in one folder, owned by one process."""

import logging
import shutil
import threading
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from itertools import islice, takewhile
from pathlib import Path

from window_client.store.backups import KEEP, Backup, Backups
from window_client.store.blocks import Blocks
from window_client.store.cache import Cache
from window_client.store.caselog import Begin, CaseLog, segments
from window_client.store.cases import Cases
from window_client.store.checking import look_through
from window_client.store.crash import point
from window_client.store.database import SUSPECT, Database, faults, mark_suspect, open_database, transaction
from window_client.store.drafts import Drafts
from window_client.store.durable import make_folder, sweep
from window_client.store.errors import StoreError, disk_trouble
from window_client.store.journal import Journal
from window_client.store.keys import derive
from window_client.store.lock import StoreLock
from window_client.store.moments import now
from window_client.store.notices import Notices
from window_client.store.outbox import Outbox
from window_client.store.pages import Pages
from window_client.store.prints import Prints
from window_client.store.retention import Purged, purge, purge_damaged, unacknowledged
from window_client.store.signins import Signins

log = logging.getLogger(__name__)

DATABASE = "store.db"
LOCK = "store.lock"


class SecondConnection:
    """What the courier's thread may reach, on a connection of its own. Made, used and closed in that thread."""

    def __init__(self, db: Database, pages: Pages) -> None:
        self._db = db
        self.pages = pages
        self.outbox = Outbox(db)
        self.cases = Cases(db)
        self.journal = Journal(db)
        self.cache = Cache(db)
        self.blocks = Blocks(db)
        self.signins = Signins(db)

    def transaction(self, name: str = "") -> AbstractContextManager[None]:
        """Several deeds as one, such as ``delivered`` and ``mark_delivered``. Raises: StoreError."""
        return transaction(self._db, name)

    def close(self) -> None:
        """Close the connection."""
        self._db.close()


class Store:
    """The first connection, and everything on it. It belongs to the thread that opened it; ``pages`` to all."""

    def __init__(
        self, db: Database, pages: Pages, lock: StoreLock, folder: Path, key: bytes, case_log: CaseLog, backups: Backups
    ) -> None:
        self._db = db
        self._lock = lock
        self._folder = folder
        self._key = key
        self._log = case_log
        self._backups = backups
        self._backing_up = threading.Lock()
        self.backup_due = False
        self.pages = pages
        self.drafts = Drafts(db)
        self.cases = Cases(db)
        self.outbox = Outbox(db)
        self.prints = Prints(db)
        self.notices = Notices(db)
        self.journal = Journal(db)
        self.blocks = Blocks(db)
        self.cache = Cache(db)

    @classmethod
    def open(
        cls, folder: Path, master_key: bytes, *, profile: str = "", backups: Path | None = None, keep: int = KEEP
    ) -> "Store":
        """Open the store in ``folder``, or make it there.

        What an earlier process left behind is put right: unfinished files go, print jobs that were being sent
        become unknown, what the log of cases lacks is added. After a sign of damage the database is looked through.

        Args:
            folder: Where it lies.
            master_key: 32 bytes from ``keys``.
            profile: What it is used for; a store refuses another one than its first.
            backups: Where backups lie, ``backups`` in its folder if not given.
            keep: How many of them are kept.

        Raises:
            StoreError: occupied, wrong_key, wrong_profile, damaged, newer_version, disk_full, read_only; nothing was
                changed then. After damaged: ``restore``.
        """
        make_folder(folder)
        lock = StoreLock(folder / LOCK)
        try:
            key = derive(master_key, "database")
            db = open_database(folder / DATABASE, key, profile=profile)
            case_log = CaseLog(folder / "log", derive(master_key, "log"))
            try:
                if (folder / SUSPECT).exists():
                    _look_after_suspicion(folder, db)
                with disk_trouble("pages"):
                    sweep(folder)
                    pages = Pages(folder / "pages", derive(master_key, "pages"))
                    pages.sweep()
                place = Backups(backups or folder / "backups", key, keep=keep)
                store = cls(db, pages, lock, folder, key, case_log, place)
                store._continue_log()
                store.prints.recover()
                store.notices.recover()
            except BaseException:
                case_log.close()
                db.close()
                raise
        except BaseException:
            lock.close()
            raise
        return store

    def transaction(self, name: str = "") -> AbstractContextManager[None]:
        """Several deeds as one; everything inside joins it. Raises: StoreError, and nothing happened."""
        return transaction(self._db, name)

    def second_connection(self) -> SecondConnection:
        """A connection for another thread; call it in that thread. Close it before the store. Raises: StoreError."""
        db = open_database(self._folder / DATABASE, self._key, gate=self._db.gate)
        db.log = self._log
        return SecondConnection(db, self.pages)

    # ---- log and backups

    def _continue_log(self) -> None:
        """Attach the log of cases, and tell it what a kill kept from it. A store without one begins it here."""
        try:
            there = self._log.open()
        except (StoreError, OSError) as error:
            log.warning("the log of cases cannot be used: %s", getattr(error, "code", None) or type(error).__name__)
            self.backup_due = True
            return
        self._db.log = self._log
        if not there:
            self.backup_due = self.cases.last_seq() > 0  # an older store: the log alone would not bring it back
            numbers = [*segments(self._folder / "log"), self._backups.last_number(), -1]
            with suppress(StoreError):
                self._begin_segment(self._db, max(numbers) + 1)
        seq, digest = self.journal.head()
        self._log.entry_head = f"{seq}:{digest}" if seq else ""
        begin = self._log.begin
        if begin is not None:
            self._catch_up(begin)

    def _catch_up(self, begin: Begin) -> None:
        """Tell the log what the database has and it has not, or the other way round.

        Records are written in the order of their transactions, so only the last ones can be lacking.
        """
        head, _ = self.journal.head()
        lacking = list(takewhile(lambda one: not self._log.has("case", one), self.cases.newest_first(begin.case_seq)))
        if unfinished := self._log.unfinished(islice(self.cases.newest_first(begin.case_seq), len(lacking) + 1)):
            self._db.tell("void", unfinished, "")  # the kill came before its transaction was on disk
        for case_id in reversed(lacking):
            self._db.tell("case", case_id, self.cases.told(self.cases.as_accepted(case_id)))
        if self._log.has("entry", str(head + 1)):
            self._db.tell("head", str(head), "")  # an entry whose transaction the kill prevented
        entries = self.journal.newest_first(begin.entry_seq)
        for entry in reversed(list(takewhile(lambda one: not self._log.has("entry", str(one.seq)), entries))):
            self._db.tell("entry", str(entry.seq), entry)
        drafts = self._db.rows("SELECT visit_id, body FROM drafts")
        self._log.drop_drafts_but(str(visit_id) for visit_id, _ in drafts)
        for visit_id, body in drafts:  # the kill may have come before the copy: each is written anew
            self._db.tell("draft", str(visit_id), bytes(body))
        if (ahead := self._db.committing()) is not None:
            ahead.done(good=True)

    def _begin_segment(self, db: Database, number: int) -> None:
        """Nothing may be written between looking and beginning: the caller holds the gate, or is alone."""
        seq, digest = Journal(db).head()
        self._log.start(number, Begin(number, Cases(db).last_seq(), seq, digest, now()))

    def backup(self, actor: str = "system") -> Backup:
        """Make a backup now, from any thread; the desk goes on meanwhile.

        Raises:
            StoreError: disk_full, read_only; damaged: the database is, and must be restored at the next start;
                occupied: one is being made.
        """
        if not self._backing_up.acquire(blocking=False):
            raise StoreError("occupied", "a backup is being made")
        try:
            db = open_database(self._folder / DATABASE, self._key, gate=self._db.gate)
            db.log = self._log
            try:
                number = max(self._log.number, self._backups.last_number(), -1) + 1
                Journal(db).add(actor, "store.backup", str(number))
                with self._db.gate:
                    self._begin_segment(db, number)
                    self._db.log = self._log  # also where the log could not be used at the start
                point("backup.segment_begun")
                try:
                    made = self._backups.make(db, number, self._folder / "pages", unacknowledged(db))
                except StoreError as error:
                    if error.code == "damaged":
                        mark_suspect(self._folder)
                    raise
                self._log.remove_before(self._backups.oldest_kept())
            finally:
                db.close()
        finally:
            self._backing_up.release()
        self.backup_due = False
        return made

    def backups(self) -> list[Backup]:
        """The backups that are kept, the oldest first."""
        return self._backups.all()

    @property
    def cases_since_backup(self) -> int:
        """How many acceptances the log holds since the newest segment began."""
        return self._log.cases

    @property
    def journal_head(self) -> str:
        """Number and hash of the journal's last entry, ``17:<hash>``, empty before the first; from any thread."""
        return self._log.entry_head

    def free_bytes(self) -> int:
        """What is left on the disk for this account."""
        return shutil.disk_usage(self._folder).free

    def purge(self, *, delivered_before: datetime) -> Purged:
        """Remove what the window need not keep any more, from any thread; see ``retention``.

        Looking through ten thousand cases takes seconds, so it has a connection of its own.
        """
        db = open_database(self._folder / DATABASE, self._key, gate=self._db.gate)
        db.log = self._log
        try:
            purged = purge(db, self.pages, delivered_before=delivered_before)
            purge_damaged(self._folder)
            if purged.cases or purged.pages:
                told: dict[str, str | int | bool] = {"cases": purged.cases, "pages": purged.pages}
                Journal(db).add("system", "store.purged", "", told)
        finally:
            db.close()
        return purged

    def check(self) -> list[str]:
        """Look through everything; see ``checking``. One short line for each thing that is wrong."""
        problems = look_through(self._db, self.pages).problems
        if any(problem.startswith("database:") for problem in problems):
            mark_suspect(self._folder)
        return problems

    def close(self) -> None:
        """Write the log back into the database file and let go of the folder. Safe to call twice."""
        if self._lock.closed:
            return
        with suppress(StoreError):  # a full disk at the end: the log stays and is read at the next start
            self._db.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        self._db.close()
        self._log.close()
        self._lock.close()


def _look_after_suspicion(folder: Path, db: Database) -> None:
    """Somebody met damage since the last start. Raises: StoreError damaged."""
    if wrong := faults(db):
        raise StoreError("damaged", wrong[0])
    (folder / SUSPECT).unlink(missing_ok=True)
