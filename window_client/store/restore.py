"""Bringing a damaged store back: the last good backup, then everything that the log has told since, with a report.

Nothing is deleted: the damaged files are moved into ``damaged/<moment>`` (see ``retention`` for how long they stay).
The new database is made beside the old one and put in its place at the end. A kill on the way leaves the store as
damaged as it was, to be restored again: ``restore.begun`` names what was put aside by then, and it is taken back first.
"""

import logging
import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from window_client.store.backups import KEEP, Backups
from window_client.store.caselog import CaseLog, Record, Told, segments, standing_entries
from window_client.store.cases import AcceptedCase, Cases
from window_client.store.database import (
    HEADER,
    SUSPECT,
    Database,
    connect,
    faults,
    key_fits,
    migrate,
    remembered_profile,
    transaction,
    write_header,
)
from window_client.store.durable import TEMPORARY, make_folder, sweep, sync_folder, write_durably
from window_client.store.errors import StoreError, disk_trouble
from window_client.store.journal import GENESIS, Entry, Journal
from window_client.store.keys import derive
from window_client.store.lock import StoreLock
from window_client.store.moments import now
from window_client.store.outbox import Message, Outbox
from window_client.store.pages import Pages
from window_client.store.retention import DAMAGED, unacknowledged
from window_client.store.salvage import no_number_twice, salvage

log = logging.getLogger(__name__)

DATABASE = "store.db"
BEGUN = "restore.begun"
_FILES = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm")


class Report(msgspec.Struct, frozen=True):
    """What was done, for the clerk's page, the terminal and the journal. Names nobody.

    ``backup`` is the number of the backup that it began with, -1 for none (the log alone); ``cases`` how many accepted
    cases there are now, ``cases_from_log`` how many of them the backup did not have. ``whole`` is False where part of
    the log could not be read, so that something may be lacking; then what can be read in the damaged database is taken
    as well, ``cases_from_damaged`` of them. ``kept`` is the folder with the damaged files, in the
    store's folder; empty where only the header had to be written anew.
    """

    backup: int
    backup_at: str
    cases: int
    cases_from_log: int
    entries_from_log: int
    drafts: int
    pages_from_backup: int
    pages_missing: int
    whole: bool
    kept: str
    problems: tuple[str, ...] = ()
    cases_from_damaged: int = 0


def restore(folder: Path, master_key: bytes, *, backups: Path | None = None, keep: int = KEEP) -> Report:
    """Bring the store in ``folder`` back. A store that is sound stays as it is but for its header.

    Raises:
        StoreError: occupied, wrong_key, disk_full, read_only; damaged: there is neither backup nor log to begin with.
    """
    if not folder.is_dir():
        raise StoreError("damaged", "there is no store here")
    lock = StoreLock(folder / "store.lock")
    try:
        key = derive(master_key, "database")
        if key_fits(folder, key) is False:
            raise StoreError("wrong_key", "the key does not belong to this store")
        _take_back(folder)
        sweep(folder)
        place = Backups(backups or folder / "backups", key, keep=keep)
        case_log = CaseLog(folder / "log", derive(master_key, "log"))
        pages = Pages(folder / "pages", derive(master_key, "pages"))
        return _Restoring(folder, key, place, case_log, pages).run()
    finally:
        lock.close()


class _Restoring:
    """One restoration: the database that is being made, and what is counted on the way."""

    def __init__(self, folder: Path, key: bytes, backups: Backups, case_log: CaseLog, pages: Pages) -> None:
        self._folder = folder
        self._key = key
        self._backups = backups
        self._log = case_log
        self._pages = pages
        self._notes: list[str] = []
        self._problems: list[str] = []
        self._cases = self._entries = self._salvaged = 0
        self._numbers: dict[str, list[dict[str, Any]]] = {}
        self._standing: dict[int, str] = {}

    def run(self) -> Report:
        """Restore."""
        profile = remembered_profile(self._folder)
        if self._present_is_sound():
            write_header(self._folder, self._key, profile)
            with suppress(OSError):
                (self._folder / SUSPECT).unlink(missing_ok=True)
            return self._report(-1, "", kept="", drafts=0, from_backup=0, missing=0, cases=self._count())
        number, made_at = self._good_backup()
        told = self._told(number)
        self._standing = standing_entries(told)
        new = self._folder / f"{TEMPORARY}restored.db"
        if number >= 0:
            self._backups.bring(number, new)
        db = connect(new, self._key)
        try:
            migrate(db)
            with transaction(db):
                for one in told:
                    for record in one.records:
                        self._replay(db, record)
                self._numbers_back(db)
                drafts = self._drafts_back(db)
                if self._problems:
                    self._salvaged = salvage(self._folder / DATABASE, self._key, db)
                    no_number_twice(self._folder / DATABASE, self._key, db)
            from_backup, missing = self._pages_back(db)
            cases = int(db.one("SELECT count(*) FROM cases"))
            kept = f"{DAMAGED}/{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
            report = self._report(
                number, made_at, kept=kept, drafts=drafts, from_backup=from_backup, missing=missing, cases=cases
            )
            detail = {name: getattr(report, name) for name in ("backup", "cases_from_log", "pages_missing", "whole")}
            Journal(db).add("system", "store.restored", kept.rpartition("/")[2], detail)
            if wrong := faults(db):
                raise StoreError("damaged", wrong[0])
            db.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            db.close()
        write_durably(self._folder / BEGUN, kept.rpartition("/")[2].encode())
        self._put_aside(self._folder / kept)
        with disk_trouble("store"):
            new.replace(self._folder / DATABASE)
            sync_folder(self._folder)
        write_header(self._folder, self._key, profile)
        with suppress(OSError):
            (self._folder / BEGUN).unlink(missing_ok=True)
            (self._folder / SUSPECT).unlink(missing_ok=True)
        log.warning("the store was restored: %d cases, %d of them from the log", report.cases, report.cases_from_log)
        return report

    def _told(self, number: int) -> list[Told]:
        """What the log tells since backup ``number``; what is lacking is noted."""
        told = [self._log.read(n) for n in segments(self._folder / "log") if n >= number]
        if number < 0 and not any(one.records for one in told):
            raise StoreError("damaged", "neither a good backup nor a log is there")
        if number < 0 and not _from_the_beginning(told[0].records):
            self._problems.append("no good backup: what was accepted before the log began is only in the damaged file")
        self._problems += [f"log {one.number:06}: a part of it cannot be read" for one in told if not one.whole]
        if not told:
            self._problems.append("log: it is not there")
        elif [one.number for one in told] != list(range(max(number, told[0].number), told[-1].number + 1)) or (
            number >= 0 and told[0].number != number
        ):
            self._problems.append("log: a segment is missing")
        return told

    def _report(
        self, backup: int, at: str, *, kept: str, drafts: int, from_backup: int, missing: int, cases: int
    ) -> Report:
        return Report(
            backup=backup,
            backup_at=at,
            cases=cases,
            cases_from_log=self._cases,
            entries_from_log=self._entries,
            drafts=drafts,
            pages_from_backup=from_backup,
            pages_missing=missing,
            whole=not self._problems,
            kept=kept,
            problems=(*self._notes, *self._problems),
            cases_from_damaged=self._salvaged,
        )

    def _present_is_sound(self) -> bool:
        path = self._folder / DATABASE
        if not path.exists():
            return False
        try:
            db = connect(path, self._key)
        except StoreError as error:
            if error.code != "damaged":
                raise
            return False
        try:
            if faults(db):
                return False
            migrate(db)
            return True
        finally:
            with suppress(StoreError):
                db.close()

    def _count(self) -> int:
        db = connect(self._folder / DATABASE, self._key)
        try:
            return int(db.one("SELECT count(*) FROM cases"))
        finally:
            db.close()

    def _good_backup(self) -> tuple[int, str]:
        for backup in reversed(self._backups.all()):
            if wrong := self._backups.faults_of(backup.number):  # an older one and its longer log lack nothing
                self._notes.append(f"backup {backup.number:06} cannot be read: {wrong[0]}")
                continue
            return backup.number, backup.made_at
        return -1, ""

    # ---- the log

    def _replay(self, db: Database, record: Record) -> None:
        """Do again what the log tells. Everything may have been done already: the backup is a little younger."""
        if record.kind == "case":
            case = msgspec.convert(record.body["case"], AcceptedCase)
            self._numbers = record.body["numbers"]
            self._cases += Cases(db).put_back(case)
        elif record.kind == "entry":
            self._entry_back(db, msgspec.convert(record.body, Entry))
        elif record.kind == "print":
            _print_back(db, record.subject, record.body)
        elif record.kind == "message":
            message = msgspec.convert(record.body, Message)
            with suppress(ValueError):
                Outbox(db).put(message, now=datetime.now(UTC))
        elif record.kind == "sent":
            db.execute("DELETE FROM outbox WHERE id = ?", (record.subject,))
        elif record.kind == "known":
            told = record.body
            Cases(db).mark_delivered(
                record.subject, told["national_no"], told["state"], told["at"], final_no=told["final_no"]
            )
        elif record.kind in {"purged", "void"}:
            db.execute(
                "DELETE FROM prints WHERE case_no IN (SELECT case_no FROM cases WHERE case_id = ?)", (record.subject,)
            )
            db.execute(
                "DELETE FROM notices WHERE case_no IN (SELECT case_no FROM cases WHERE case_id = ?)", (record.subject,)
            )
            db.execute("DELETE FROM outbox WHERE case_id = ?", (record.subject,))
            db.execute("DELETE FROM cases WHERE case_id = ?", (record.subject,))

    def _entry_back(self, db: Database, entry: Entry) -> None:
        seq, prev = Journal(db).head()
        if entry.seq <= seq or self._standing.get(entry.seq) != entry.hash:  # the latter was never committed
            return
        if entry.seq != seq + 1 or entry.prev != prev:
            if not self._problems or "journal" not in self._problems[-1]:
                self._problems.append(f"journal: entries between {seq} and {entry.seq} are not in the log")
            return
        values = tuple(getattr(entry, name) for name in entry.__struct_fields__)
        db.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
        db.execute("UPDATE journal_head SET seq = ?, hash = ?", (entry.seq, entry.hash))
        self._entries += 1

    def _numbers_back(self, db: Database) -> None:
        """Leases as they were at the last acceptance: what was used is never given out again."""
        for table, rows in self._numbers.items():
            columns, _ = db.table(table)
            for row in rows:
                known = [name for name in columns if name in row]
                marks = ", ".join("?" * len(known))
                db.execute(
                    f"INSERT OR REPLACE INTO {table} ({', '.join(known)}) VALUES ({marks})",  # noqa: S608  names of ours
                    tuple(row[name] for name in known),
                )

    def _drafts_back(self, db: Database) -> int:
        """The copies of the open drafts are younger than any backup. One that does not open leaves the backup's."""
        bodies, bad = self._log.drafts()
        if bad:
            self._problems.append(f"drafts: {bad} cannot be read")
        elif segments(self._folder / "log"):
            db.execute("DELETE FROM drafts")
        for body in bodies:  # as they are: also one that only another version of the program can read
            facts = msgspec.json.decode(body)
            visit = str(facts["visit_id"])
            if not facts.get("case_no") and db.row("SELECT 1 FROM cases WHERE case_id = ?", (facts["case_id"],)):
                continue  # the kill came between the acceptance and its copy: the case is in the list
            db.execute(
                "INSERT OR REPLACE INTO drafts (visit_id, body, saved_at) VALUES (?, ?, ?)", (visit, body, now())
            )
        return int(db.one("SELECT count(*) FROM drafts"))

    # ---- pages and files

    def _pages_back(self, db: Database) -> tuple[int, int]:
        """Page files that are lacking, and that the centre does not have, come from the backup's folder."""
        brought = missing = 0
        for digest in unacknowledged(db):
            if self._pages.is_sound(digest):
                continue
            kept = self._backups.page(digest)
            if kept.exists():
                target = self._folder / "pages" / digest[:2] / digest
                make_folder(target.parent)
                if target.exists():
                    aside = self._folder / DAMAGED / "pages"
                    make_folder(aside)
                    target.replace(aside / digest)
                with disk_trouble("page"):
                    shutil.copyfile(kept, target)
            if self._pages.is_sound(digest):
                brought += 1
            else:
                missing += 1
        return brought, missing

    def _put_aside(self, to: Path) -> None:
        make_folder(to)
        with disk_trouble("damaged"):
            for name in _FILES:
                if (self._folder / name).exists():
                    (self._folder / name).replace(to / name)
            if (self._folder / HEADER).exists():
                shutil.copyfile(self._folder / HEADER, to / HEADER)
            if self._problems:  # it may contradict what is written from now on: the store begins another
                make_folder(to / "log")
                for number in segments(self._folder / "log"):
                    (self._folder / "log" / f"{number:06}.log").replace(to / "log" / f"{number:06}.log")
            sync_folder(to)


def _take_back(folder: Path) -> None:
    """Where a kill ended a restoration after the database was put aside, and before the new one was in its place."""
    begun = folder / BEGUN
    if not begun.exists():
        return
    with disk_trouble("damaged"):
        if not (folder / DATABASE).exists():
            aside = folder / DAMAGED / Path(begun.read_text("utf-8")).name
            moved = [(aside / name, folder / name) for name in _FILES]
            moved += [(path, folder / "log" / path.name) for path in (aside / "log").glob("*.log")]
            for path, place in sorted(moved, key=lambda pair: pair[1].name == DATABASE):  # the database last
                if path.exists() and not place.exists():
                    path.replace(place)
            sync_folder(folder)
        begun.unlink()


def _print_back(db: Database, job_id: str, told: dict[str, Any]) -> None:
    """A paper's fate. A copy that the backup does not know is entered with its case's document."""
    if "copy" in told and db.row("SELECT 1 FROM prints WHERE id = ?", (job_id,)) is None:
        db.execute(
            "INSERT OR IGNORE INTO prints (id, case_no, copy, document, state, created_at, updated_at) "
            "SELECT ?, case_no, ?, document, 'waiting', created_at, updated_at FROM prints "
            "WHERE case_no = ? AND copy = 0",
            (job_id, told["copy"], told["case_no"]),
        )
    db.execute("UPDATE prints SET state = ? WHERE id = ?", (told["state"], job_id))


def _from_the_beginning(records: Iterable[Record]) -> bool:
    """Whether the log began with an empty database."""
    first = next(iter(records), None)
    return (
        first is not None
        and first.kind == "begin"
        and first.body["case_seq"] == 0
        and first.body["entry_hash"]
        in {
            "",
            GENESIS,
        }
    )
