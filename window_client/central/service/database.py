"""One SQLite file: every change goes through one writer thread that commits what has gathered in one go.

A hundred connections that each begin a transaction starve each other; one writer is fair, and a group commit makes
the one ``fsync`` serve all that wait. An answer is given only after the commit. Times are seconds since the epoch.
"""

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from queue import SimpleQueue
from typing import Any

GROUP = 64
"""Most jobs of one commit: keeps the first of them from waiting for ever."""

MIGRATIONS = (
    """
CREATE TABLE accounts (
  account TEXT PRIMARY KEY, name TEXT NOT NULL, name_en TEXT NOT NULL, roles TEXT NOT NULL, department TEXT,
  windows TEXT NOT NULL, password TEXT NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0, locks INTEGER NOT NULL DEFAULT 0, locked_until REAL NOT NULL DEFAULT 0);
CREATE TABLE sessions (
  token TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES accounts, window INTEGER NOT NULL, expires REAL NOT NULL);
CREATE TABLE documents (name TEXT PRIMARY KEY, etag TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE windows (
  hall TEXT NOT NULL, no INTEGER NOT NULL, name TEXT NOT NULL, title TEXT NOT NULL, open INTEGER NOT NULL,
  paused INTEGER NOT NULL DEFAULT 0, fence INTEGER NOT NULL DEFAULT 0, since REAL NOT NULL DEFAULT 0,
  clerk TEXT NOT NULL DEFAULT '', PRIMARY KEY (hall, no));
CREATE TABLE serves (
  hall TEXT NOT NULL, no INTEGER NOT NULL, category TEXT NOT NULL, PRIMARY KEY (hall, no, category)) WITHOUT ROWID;
CREATE TABLE counters (hall TEXT NOT NULL, name TEXT NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (hall, name));
CREATE TABLE tickets (
  id TEXT PRIMARY KEY, hall TEXT NOT NULL, day TEXT NOT NULL, number TEXT NOT NULL, category TEXT NOT NULL,
  state TEXT NOT NULL, taken REAL NOT NULL, place REAL NOT NULL, slot_from REAL NOT NULL DEFAULT 0,
  slot_until REAL NOT NULL DEFAULT 0, booked_at TEXT NOT NULL DEFAULT '', priority TEXT NOT NULL DEFAULT '',
  booking TEXT NOT NULL DEFAULT '', calls INTEGER NOT NULL DEFAULT 0, called REAL NOT NULL DEFAULT 0,
  announced REAL NOT NULL DEFAULT 0, window INTEGER NOT NULL DEFAULT 0, only_window INTEGER NOT NULL DEFAULT 0,
  note TEXT NOT NULL DEFAULT '', since REAL NOT NULL DEFAULT 0, UNIQUE (hall, day, number));
CREATE INDEX tickets_waiting ON tickets (hall, day, category, place) WHERE state = 'waiting';
CREATE UNIQUE INDEX one_ticket_a_window ON tickets (hall, day, window) WHERE state IN ('called', 'serving');
CREATE TABLE bookings (
  id TEXT PRIMARY KEY, hall TEXT NOT NULL, day TEXT NOT NULL, appointment TEXT NOT NULL, item TEXT NOT NULL,
  id_no TEXT NOT NULL, name TEXT NOT NULL, fields TEXT NOT NULL, uploaded TEXT NOT NULL, answers TEXT NOT NULL,
  made_on TEXT NOT NULL,
  taken_in TEXT NOT NULL DEFAULT '');
CREATE INDEX bookings_of ON bookings (id_no);
CREATE TABLE number_blocks (
  area TEXT NOT NULL, day TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, window INTEGER NOT NULL,
  leased REAL NOT NULL, PRIMARY KEY (area, day, first));
CREATE TABLE people (
  id_no TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, shared TEXT NOT NULL, certificates TEXT NOT NULL);
CREATE TABLE earlier (
  id TEXT PRIMARY KEY, id_no TEXT NOT NULL, item TEXT NOT NULL, day TEXT NOT NULL, case_no TEXT NOT NULL,
  fields TEXT NOT NULL);
CREATE INDEX earlier_of ON earlier (id_no);
CREATE TABLE cases (
  case_id TEXT PRIMARY KEY, hall TEXT NOT NULL, case_no TEXT NOT NULL UNIQUE, provisional TEXT NOT NULL DEFAULT '',
  national_no TEXT NOT NULL UNIQUE, item TEXT NOT NULL, item_name TEXT NOT NULL, state TEXT NOT NULL,
  id_no TEXT NOT NULL, name TEXT NOT NULL, window INTEGER NOT NULL, clerk TEXT NOT NULL, accepted_at TEXT NOT NULL,
  received REAL NOT NULL, promised_by TEXT NOT NULL, check_code TEXT NOT NULL, deferred INTEGER NOT NULL,
  due TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', ticket TEXT NOT NULL DEFAULT '',
  pickup_window INTEGER NOT NULL DEFAULT 0, shelf TEXT NOT NULL DEFAULT '', digest TEXT NOT NULL, body BLOB NOT NULL,
  answer BLOB NOT NULL);
CREATE INDEX cases_of ON cases (id_no, received);
CREATE INDEX cases_at ON cases (hall, window, state);
CREATE INDEX cases_newest ON cases (hall, received);
CREATE TABLE case_pages (
  case_id TEXT NOT NULL, digest TEXT NOT NULL, material TEXT NOT NULL, size INTEGER NOT NULL,
  PRIMARY KEY (case_id, material, digest)) WITHOUT ROWID;
CREATE TABLE pages (digest TEXT PRIMARY KEY, size INTEGER NOT NULL, received REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE ecert_uses (
  response_id TEXT PRIMARY KEY, id_no TEXT NOT NULL, type TEXT NOT NULL, case_id TEXT NOT NULL,
  account TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE ratings (visit_id TEXT PRIMARY KEY, hall TEXT NOT NULL, received REAL NOT NULL, body BLOB NOT NULL);
CREATE TABLE visits (
  visit_id TEXT PRIMARY KEY, hall TEXT NOT NULL, window INTEGER NOT NULL, clerk TEXT NOT NULL, day TEXT NOT NULL,
  outcome TEXT NOT NULL, seconds REAL NOT NULL, deferred INTEGER NOT NULL, body BLOB NOT NULL);
CREATE INDEX visits_of ON visits (hall, window, day);
CREATE TABLE events (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, happened_at TEXT NOT NULL, kind TEXT NOT NULL,
  window INTEGER NOT NULL, data TEXT NOT NULL);
CREATE TABLE notices (
  id TEXT PRIMARY KEY, at REAL NOT NULL, text TEXT NOT NULL, text_en TEXT NOT NULL, item TEXT NOT NULL);
CREATE TABLE idempotency (key TEXT PRIMARY KEY, digest TEXT NOT NULL, answer BLOB NOT NULL, at REAL NOT NULL);
""",
    """
ALTER TABLE tickets ADD COLUMN came_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE windows ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE windows ADD COLUMN back_at TEXT NOT NULL DEFAULT '';
""",
    """
CREATE TABLE case_checks (
  case_id TEXT NOT NULL, hall TEXT NOT NULL, window INTEGER NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL,
  label TEXT NOT NULL, label_en TEXT NOT NULL, ours TEXT NOT NULL, theirs TEXT NOT NULL,
  seen INTEGER NOT NULL DEFAULT 0);
CREATE INDEX checks_of ON case_checks (case_id);
CREATE INDEX checks_unseen ON case_checks (hall, window) WHERE seen = 0 AND kind <> 'verified';
""",
    """
CREATE TABLE journal_heads (
  hall TEXT NOT NULL, window INTEGER NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL, at REAL NOT NULL,
  PRIMARY KEY (hall, window, seq)) WITHOUT ROWID;
CREATE TABLE journal_breaks (
  hall TEXT NOT NULL, window INTEGER NOT NULL, seq INTEGER NOT NULL, reason TEXT NOT NULL, at REAL NOT NULL);
""",
)

Job = Callable[[sqlite3.Connection], Any]


class Database:
    """Open (and create) the file. ``write`` may be called from any thread, ``reader`` belongs to its caller."""

    def __init__(self, path: Path, *, on_commit: Callable[[], None] = lambda: None) -> None:
        self.path = path
        self.on_commit = on_commit
        path.parent.mkdir(parents=True, exist_ok=True)
        db = _connect(path)
        _migrate(db)
        db.close()
        self._jobs: SimpleQueue[tuple[Job, Future[Any]] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    def reader(self) -> sqlite3.Connection:
        """A new connection for reading, to be closed by the caller."""
        db = _connect(self.path)
        db.execute("PRAGMA query_only = ON")
        return db

    def write(self, job: Job) -> "Future[Any]":
        """Run ``job`` in a transaction; the future is done after the commit. What the job raises undoes only itself."""
        future: Future[Any] = Future()
        self._jobs.put((job, future))
        return future

    def close(self) -> None:
        """Finish what is queued and stop."""
        self._jobs.put(None)
        self._thread.join(10)

    def _work(self) -> None:
        db = _connect(self.path)
        more = True
        while more:
            group = [self._jobs.get()]
            while len(group) < GROUP and not self._jobs.empty():
                group.append(self._jobs.get())
            more = None not in group
            self._run(db, [entry for entry in group if entry is not None])
        db.close()

    def _run(self, db: sqlite3.Connection, group: list[tuple[Job, "Future[Any]"]]) -> None:
        outcomes: list[tuple[Future[Any], Any, BaseException | None]] = []
        try:
            db.execute("BEGIN IMMEDIATE")
            for job, future in group:
                db.execute("SAVEPOINT job")
                try:
                    outcomes.append((future, job(db), None))
                except Exception as error:  # noqa: BLE001  the thread's top: the asker gets it
                    db.execute("ROLLBACK TO job")
                    outcomes.append((future, None, error))
                db.execute("RELEASE job")
            db.execute("COMMIT")
        except sqlite3.Error as error:
            if db.in_transaction:
                db.execute("ROLLBACK")
            for _, future in group:
                future.set_exception(error)
            return
        for future, result, failure in outcomes:
            if failure is None:
                future.set_result(result)
            else:
                future.set_exception(failure)
        self.on_commit()


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    db.row_factory = sqlite3.Row
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")  # what was acknowledged survives a power cut
    db.execute("PRAGMA busy_timeout = 5000")
    return db


def _migrate(db: sqlite3.Connection) -> None:
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        raise RuntimeError(f"the database is version {version}, this program knows {len(MIGRATIONS)}")
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        db.executescript(f"BEGIN IMMEDIATE; {script}; PRAGMA user_version = {number}; COMMIT;")
