"""Looking through a store without changing it: database, page files, journal, what the pieces say of each other."""

import hashlib
from contextlib import suppress
from pathlib import Path

import msgspec

from window_client.store.backups import Backups
from window_client.store.caselog import CaseLog, segments, standing_entries
from window_client.store.database import Database, connect, faults, has_data, key_fits
from window_client.store.errors import StoreError
from window_client.store.journal import Journal, VerifyResult
from window_client.store.keys import derive
from window_client.store.lock import StoreLock
from window_client.store.pages import Pages
from window_client.store.retention import referred


class Found(msgspec.Struct):
    """What was found. ``problems`` has one short line for each thing that is wrong; they name nobody.

    ``orphans`` are page files that nothing needs any more: no harm, ``purge`` removes them in time.
    """

    problems: list[str] = []
    cases: int = 0
    unsent: int = 0
    drafts: int = 0
    pages: int = 0
    orphans: int = 0
    entries: int = 0
    backups: int = 0
    newest_backup: str = ""
    log_records: int = 0


def look_through(db: Database, pages: Pages) -> Found:
    """Database, journal and pages of an open store. Takes as long as reading all of it."""
    found = Found(problems=faults(db))
    if found.problems:
        return found
    chain = Journal(db).verify()
    found.entries = chain.entries
    if not chain.ok:
        found.problems.append(f"journal: entry {chain.broken_at}: {chain.reason}")
    found.cases = int(db.one("SELECT count(*) FROM cases"))
    found.unsent = int(db.one("SELECT count(*) FROM outbox"))
    found.drafts = int(db.one("SELECT count(*) FROM drafts"))
    there, needed = pages.digests(), referred(db)
    found.pages, found.orphans = len(there), len(there - needed)
    wanted = {str(row[0]) for row in db.rows("SELECT DISTINCT digest FROM case_pages")}
    for digest in sorted(there | wanted):
        if not _fits(pages, digest):
            found.problems.append(f"page: {digest} is missing or damaged")
    return found


def check(folder: Path, master_key: bytes, *, backups: Path | None = None) -> Found:
    """Look through the store in ``folder`` with nothing put right on the way.

    Raises:
        StoreError: occupied, wrong_key, disk_full, read_only; damaged with the detail ``no store`` where there is none.
    """
    if not has_data(folder):
        raise StoreError("damaged", "no store")
    lock = StoreLock(folder / "store.lock")
    try:
        return _check(folder, master_key, backups or folder / "backups")
    finally:
        lock.close()


def _check(folder: Path, master_key: bytes, backups: Path) -> Found:
    key = derive(master_key, "database")
    fits = key_fits(folder, key)
    if fits is False:
        raise StoreError("wrong_key", "the key does not belong to this store")
    if not (folder / "store.db").exists():
        return Found(problems=["database: it is not there"])
    try:
        db = connect(folder / "store.db", key, only_look=True)
    except StoreError as error:
        if error.code != "damaged":
            raise
        return Found(problems=["database: it does not open"])
    try:
        found = look_through(db, Pages(folder / "pages", derive(master_key, "pages")))
        if fits is None:
            found.problems.append("header: store.json is missing or damaged")
        _log_and_backups(found, db, folder, master_key, Backups(backups, key))
    finally:
        with suppress(StoreError):
            db.close()
    return found


def _log_and_backups(found: Found, db: Database, folder: Path, master_key: bytes, place: Backups) -> None:
    case_log = CaseLog(folder / "log", derive(master_key, "log"))
    kept = place.all()
    found.backups = len(kept)
    found.newest_backup = kept[-1].made_at if kept else ""
    for backup in kept:
        if wrong := place.faults_of(backup.number):
            found.problems.append(f"backup {backup.number:06}: {wrong[0]}")
    for number in segments(folder / "log"):
        told = case_log.read(number)
        found.log_records += len(told.records)
        if not told.whole:
            found.problems.append(f"log {number:06}: a part of it cannot be read")
    if not found.problems and not (result := compared(Journal(db), anchors(case_log, folder, place))).ok:
        found.problems.append(f"journal: entry {result.broken_at}: {result.reason}")


def verify_journal(folder: Path, master_key: bytes, *, backups: Path | None = None) -> tuple[VerifyResult, int]:
    """The chain of a store, against itself and against what was told elsewhere; and how much that was.

    Raises:
        StoreError: as ``check``, and damaged where the database does not open.
    """
    lock = StoreLock(folder / "store.lock")
    try:
        key = derive(master_key, "database")
        if key_fits(folder, key) is False:
            raise StoreError("wrong_key", "the key does not belong to this store")
        db = connect(folder / "store.db", key, only_look=True)
        try:
            case_log = CaseLog(folder / "log", derive(master_key, "log"))
            known = anchors(case_log, folder, Backups(backups or folder / "backups", key))
            return compared(Journal(db), known), len(known)
        finally:
            db.close()
    finally:
        lock.close()


def anchors(case_log: CaseLog, folder: Path, place: Backups) -> dict[int, str]:
    """What the sealed log and the backups say of the journal: number of an entry to its hash."""
    known = place.journal_heads()
    told = [case_log.read(number) for number in segments(folder / "log")]
    for one in told:
        for record in one.records:
            if record.kind == "begin" and record.body["entry_seq"]:
                known[int(record.body["entry_seq"])] = record.body["entry_hash"]
    return known | standing_entries(told)


def compared(journal: Journal, known: dict[int, str]) -> VerifyResult:
    """Walk the chain and compare it with what was told elsewhere: a cut end and a chain made anew show as well."""
    chain = journal.verify()
    if not chain.ok or not known:
        return chain
    hashes = {entry.seq: entry.hash for entry in journal.since(0)}
    for seq in sorted(known):
        if seq not in hashes:
            return VerifyResult(False, chain.entries, seq, "end missing: log or backup knows this entry")
        if hashes[seq] != known[seq]:
            return VerifyResult(False, chain.entries, seq, "not the entry that log or backup knows")
    return chain


def _fits(pages: Pages, digest: str) -> bool:
    try:
        return hashlib.sha256(pages.read(digest)).hexdigest() == digest
    except StoreError as error:
        if error.code != "damaged":
            raise
        return False
